import { createError, type Message, type MessageFeedback } from "@evenkeel/sdk";
import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Answer } from "./answer.tsx";

type Give = (feedback: MessageFeedback | null) => Promise<void>;

/** An answer whose feedback is shown at once and undone by a failure, as a conversation does it. */
function Page({ initial, onGive }: { initial: MessageFeedback | undefined; onGive: Give }) {
  const [feedback, setFeedback] = useState(initial);
  const give = async (_id: string, next: MessageFeedback | null) => {
    setFeedback(next ?? undefined);
    await onGive(next).catch((error: unknown) => {
      setFeedback(feedback);
      throw error;
    });
  };
  const meta = feedback === undefined ? {} : { feedback };
  const message = { id: "m1", role: "assistant", status: "complete", text: "Fine.", meta } as Message;
  return <Answer message={message} botName="" question="" onAsk={vi.fn()} onOpenCitation={vi.fn()} onFeedback={give} />;
}

function renderFeedback(initial?: MessageFeedback, onGive = vi.fn<Give>(async () => undefined)) {
  render(
    <MantineProvider env="test">
      <Page initial={initial} onGive={onGive} />
    </MantineProvider>,
  );
  return onGive;
}

const thumb = (name: string) => screen.getByRole("button", { name });
const isPressed = (name: string) => thumb(name).getAttribute("aria-pressed") === "true";
const wrong = () => screen.queryByRole("textbox", { name: "What was wrong or missing?" });
const refused = () =>
  Promise.reject(createError({ code: "server_error", message: "no", status: 500, retryable: true }));

describe("a thumb", () => {
  it("up is given without asking for words, and pressed again taken back", async () => {
    const onGive = renderFeedback();
    await userEvent.click(thumb("Helpful"));
    expect(isPressed("Helpful")).toBe(true);
    expect(screen.queryByRole("textbox")).toBeNull();
    await userEvent.click(thumb("Helpful"));
    expect(isPressed("Helpful")).toBe(false);
    expect(onGive.mock.calls).toEqual([[{ value: "up" }], [null]]);
  });

  it("takes the place of the other one", async () => {
    const onGive = renderFeedback({ value: "up", comment: "clear" });
    await userEvent.click(thumb("Not helpful"));
    expect([isPressed("Helpful"), isPressed("Not helpful")]).toEqual([false, true]);
    expect(wrong()).toHaveProperty("value", "");
    expect(onGive.mock.calls).toEqual([[{ value: "down" }]]);
  });

  it("that could not be given is let go, and the reason said", async () => {
    renderFeedback({ value: "up" }, vi.fn<Give>(refused));
    await userEvent.click(thumb("Not helpful"));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("Your feedback was not saved");
    expect([isPressed("Helpful"), isPressed("Not helpful")]).toEqual([true, false]);
  });

  it("is not there where nothing may be said", () => {
    const message = { id: "m1", role: "assistant", status: "complete", text: "Fine." } as Message;
    render(
      <MantineProvider env="test">
        <Answer message={message} botName="" question="" onAsk={vi.fn()} onOpenCitation={vi.fn()} />
      </MantineProvider>,
    );
    expect(screen.queryByRole("button", { name: /helpful/i })).toBeNull();
  });
});

describe("a comment", () => {
  it("is asked for at a thumb down, and sent with it by keys alone", async () => {
    const onGive = renderFeedback();
    await userEvent.click(thumb("Not helpful"));
    expect(document.activeElement).toBe(wrong());
    await userEvent.keyboard("Too {Enter}short.{Control>}{Enter}{/Control}");
    expect(onGive).toHaveBeenLastCalledWith({ value: "down", comment: "Too \nshort." });
    expect(wrong()).toBeNull();
    expect(document.activeElement).toBe(thumb("Not helpful"));
    expect(screen.getByRole("status").textContent).toBe("Thank you for the comment.");
  });

  it("is left out by Escape, and the thumb stays", async () => {
    const onGive = renderFeedback();
    await userEvent.click(thumb("Not helpful"));
    await userEvent.keyboard("Too{Escape}");
    expect(wrong()).toBeNull();
    expect(isPressed("Not helpful")).toBe(true);
    expect(onGive).toHaveBeenCalledTimes(1);
  });

  it("is added to a thumb up on request, and changed later", async () => {
    const onGive = renderFeedback({ value: "up" });
    await userEvent.click(screen.getByRole("button", { name: "Add a comment" }));
    await userEvent.keyboard("Clear");
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    expect(onGive).toHaveBeenLastCalledWith({ value: "up", comment: "Clear" });
    await userEvent.click(screen.getByRole("button", { name: "Edit the comment" }));
    await userEvent.clear(screen.getByRole("textbox", { name: "What was helpful?" }));
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    expect(onGive).toHaveBeenLastCalledWith({ value: "up" });
  });

  it("that could not be sent stays in the field", async () => {
    const onGive = vi.fn<Give>(async () => undefined);
    renderFeedback(undefined, onGive);
    await userEvent.click(thumb("Not helpful"));
    onGive.mockImplementationOnce(refused);
    await userEvent.keyboard("Too short.{Control>}{Enter}{/Control}");
    expect(await screen.findByRole("alert")).toBeDefined();
    expect(wrong()).toHaveProperty("value", "Too short.");
    expect(screen.getByRole("button", { name: "Send" })).toHaveProperty("disabled", false);
  });
});
