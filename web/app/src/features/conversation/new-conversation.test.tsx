import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderPage } from "../../test-page.tsx";
import { NewConversation } from "./new-conversation.tsx";

function renderChat(about: { handle: string; count: number } | undefined) {
  const onRemoveAbout = vi.fn();
  const view = renderPage(
    <NewConversation
      userId="u1"
      bot={{ id: "b1", name: "Guide", welcomeMessage: "" }}
      onStarted={vi.fn()}
      about={about}
      onRemoveAbout={onRemoveAbout}
    />,
    "/chat",
    () => ({ body: { thread_id: "t1", message_id: "m1", turn_id: "n1", queue: {} } }),
  );
  return { ...view, onRemoveAbout };
}

it("a chat about results says so, and its question goes with their handle and the person's time zone", async () => {
  const { requests, onRemoveAbout } = renderChat({ handle: "s_1", count: 42 });
  expect(screen.getByText("About 42 results")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Ask about everything instead" }));
  expect(onRemoveAbout).toHaveBeenCalledOnce();
  await userEvent.type(screen.getByRole("textbox", { name: "Message" }), "Which is free?{Enter}");
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  await waitFor(() =>
    expect(requests.at(-1)?.body).toMatchObject({
      search_handle: "s_1",
      message: "Which is free?",
      time_zone: timeZone,
    }),
  );
});

it("a chat about nothing in particular names no results", async () => {
  const { requests } = renderChat(undefined);
  await userEvent.type(screen.getByRole("textbox", { name: "Message" }), "Hello{Enter}");
  await waitFor(() => expect(requests).toHaveLength(1));
  expect(requests[0]?.body).not.toHaveProperty("search_handle");
});
