import { MantineProvider } from "@mantine/core";
import { createEvent, fireEvent, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Composer, messageLimit } from "./composer.tsx";

function renderComposer(initial = "", extra: { onStop?: () => void } = {}) {
  const onSend = vi.fn();
  render(
    <MantineProvider env="test">
      <Page initial={initial} onSend={onSend} {...extra} />
    </MantineProvider>,
  );
  return { onSend, field: screen.getByRole("textbox", { name: "Message" }) };
}

function Page({ initial, ...rest }: { initial: string; onSend: (text: string) => void; onStop?: () => void }) {
  const [text, setText] = useState(initial);
  return <Composer text={text} onChange={setText} {...rest} />;
}

describe("the composer", () => {
  it("sends on Enter, without the blanks around", async () => {
    const { onSend, field } = renderComposer();
    await userEvent.type(field, "  How are you? {Enter}");
    expect(onSend).toHaveBeenCalledExactlyOnceWith("How are you?");
  });

  it("breaks the line on Shift+Enter", async () => {
    const { onSend, field } = renderComposer();
    await userEvent.type(field, "one{Shift>}{Enter}{/Shift}two");
    expect(field).toHaveProperty("value", "one\ntwo");
    expect(onSend).not.toHaveBeenCalled();
  });

  it("does not send while an input method composes", () => {
    const { onSend, field } = renderComposer("ni hao");
    fireEvent.keyDown(field, { key: "Enter", isComposing: true });
    expect(onSend).not.toHaveBeenCalled();
  });

  it("does not send on the key event with which Safari ends a composition", () => {
    const { onSend, field } = renderComposer("你好");
    fireEvent(field, createEvent.keyDown(field, { key: "Enter", keyCode: 229 }));
    expect(onSend).not.toHaveBeenCalled();
  });

  it("does not send blanks", async () => {
    const { onSend, field } = renderComposer();
    await userEvent.type(field, "   {Enter}");
    expect(onSend).not.toHaveBeenCalled();
  });

  it("shows the count when the limit is near", () => {
    renderComposer("a".repeat(31_000));
    expect(screen.getByText("31,000 of 32,000 characters")).toBeDefined();
  });

  it("refuses what is longer than the server takes, and keeps it", () => {
    const { onSend, field } = renderComposer("a".repeat(messageLimit + 5));
    fireEvent.keyDown(field, { key: "Enter" });
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByRole("alert").textContent).toContain("Too long by 5 characters");
    expect(field).toHaveProperty("value.length", messageLimit + 5);
  });

  it("offers to stop while an answer runs, and still sends", async () => {
    const onStop = vi.fn();
    const { onSend, field } = renderComposer("", { onStop });
    await userEvent.click(screen.getByRole("button", { name: "Stop the answer" }));
    expect(onStop).toHaveBeenCalledOnce();
    await userEvent.type(field, "And then?{Enter}");
    expect(onSend).toHaveBeenCalledExactlyOnceWith("And then?");
  });
});
