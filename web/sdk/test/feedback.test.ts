import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Conversation } from "../src/conversation/conversation.ts";
import { BusyError } from "../src/errors/evenkeel-error.ts";
import { ScriptedServer } from "./support/scripted-server.ts";
import { createTestClient, type TestClient, until, untilConnection } from "./support/test-client.ts";

let server: ScriptedServer;
let test: TestClient;
let conversation: Conversation;
let answerId: string;

beforeEach(async () => {
  server = await ScriptedServer.start();
  test = await createTestClient(server);
  conversation = test.client.openConversation(server.thread.threadId);
  await untilConnection(conversation, "open");
  const { frame, turnId } = server.thread.addUserMessage("question");
  server.broadcast([frame, ...server.thread.startTurn(turnId), ...server.thread.write("answer")]);
  server.broadcast(server.thread.finish("complete"));
  await until(conversation, ({ state }) => state.messages.length === 2);
  answerId = conversation.getSnapshot().state.messages[1]?.id ?? "";
});

afterEach(async () => {
  conversation.close();
  await server.stop();
});

function shown() {
  return conversation.getSnapshot().state.messages[1]?.meta?.feedback;
}

function sent() {
  return server.requests
    .filter(({ path }) => path === `/api/v1/messages/${answerId}/feedback`)
    .map(({ method, body }) => ({ method, body }));
}

describe("Feedback", () => {
  it("is shown at once, and then as the server keeps it", async () => {
    const giving = conversation.giveFeedback(answerId, { value: "down", comment: " wrong " });
    expect(shown()).toEqual({ value: "down", comment: " wrong " });
    await giving;
    expect(shown()).toEqual({ value: "down", comment: "wrong" });
    expect(sent()).toEqual([{ method: "POST", body: { value: "down", comment: " wrong " } }]);
    const page = await test.client.threads.messages("thread-1");
    expect(page.items).toEqual(conversation.getSnapshot().state.messages);
  });

  it("is taken back with everything else as it was", async () => {
    const before = conversation.getSnapshot().state.messages;
    await conversation.giveFeedback(answerId, { value: "up" });
    const taking = conversation.giveFeedback(answerId, null);
    expect(shown()).toBeUndefined();
    await taking;
    expect(conversation.getSnapshot().state.messages).toEqual(before);
    expect(sent().at(-1)?.body).toEqual({ value: null });
  });

  it("that is refused is undone, and the reason is told", async () => {
    await conversation.giveFeedback(answerId, { value: "up", comment: "good" });
    const body = { error_code: "rate_limited", retryable: true, retry_after_s: 3 };
    server.failNext(`/api/v1/messages/${answerId}/feedback`, { kind: "problem", status: 429, body });
    const giving = conversation.giveFeedback(answerId, { value: "down" });
    expect(shown()).toEqual({ value: "down" });
    await expect(giving).rejects.toThrow(BusyError);
    expect(shown()).toEqual({ value: "up", comment: "good" });
  });

  it("given twice in a hurry goes in order, and the failure of the first does not undo the second", async () => {
    server.failNext(`/api/v1/messages/${answerId}/feedback`, { kind: "problem", status: 500, body: {} });
    const first = conversation.giveFeedback(answerId, { value: "up" });
    const second = conversation.giveFeedback(answerId, { value: "down" });
    await expect(first).rejects.toThrow();
    expect(shown()).toEqual({ value: "down" });
    await second;
    expect(shown()).toEqual({ value: "down" });
    expect(sent().map(({ body }) => body)).toEqual([{ value: "up" }, { value: "down" }]);
  });
});
