import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Conversation } from "../src/conversation/conversation.ts";
import { BusyError, InvalidRequestError } from "../src/errors/evenkeel-error.ts";
import type { ServerFrame } from "../src/wire/frames.ts";
import { passDelay } from "./support/manual-clock.ts";
import { ScriptedServer } from "./support/scripted-server.ts";
import { createTestClient, type TestClient, until, untilConnection } from "./support/test-client.ts";

let server: ScriptedServer;
let test: TestClient;
let conversation: Conversation;

beforeEach(async () => {
  server = await ScriptedServer.start();
  test = await createTestClient(server);
  conversation = test.client.openConversation(server.thread.threadId);
  await untilConnection(conversation, "open");
});

afterEach(async () => {
  conversation.close();
  await server.stop();
});

function kinds(): string[] {
  return conversation.getSnapshot().items.map((item) => item.kind);
}

function sends() {
  return server.requests.filter((request) => request.path === "/api/v1/chat");
}

describe("A message", () => {
  it("is shown at once, and becomes the stored one without changing its key", async () => {
    const sending = conversation.send("question");
    const [pending] = conversation.getSnapshot().items;
    expect(pending).toMatchObject({ kind: "pending", send: { text: "question", status: "sending" } });
    await sending;
    await until(conversation, ({ state }) => state.messages.length === 1 && state.turns.length === 1);
    expect(kinds()).toEqual(["message", "turn"]);
    expect(conversation.getSnapshot().items[0]?.key).toBe(pending?.key);
  });

  it("carries correlation id, client message id, language and token", async () => {
    await conversation.send("question");
    expect(sends()[0]?.headers).toMatchObject({ authorization: "Bearer access-1", "accept-language": "zh" });
    expect(sends()[0]?.headers["x-correlation-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(sends()[0]?.body).toMatchObject({ message: "question", thread_id: "thread-1" });
  });

  it("whose answer was lost is sent again under the same id, and stands in the thread once", async () => {
    server.failNext("/api/v1/chat", { kind: "drop" });
    const sending = conversation.send("question");
    await server.until(() => sends().length === 1);
    await passDelay(test.clock);
    await sending;
    expect(sends()).toHaveLength(2);
    expect(sends()[1]?.body).toEqual(sends()[0]?.body);
    expect(sends()[1]?.headers["x-correlation-id"]).toBe(sends()[0]?.headers["x-correlation-id"]);
    await until(conversation, ({ state }) => state.messages.length === 1 && state.pending.length === 0);
    expect(server.thread.log).toHaveLength(1);
  });

  it("sent while the token expires is sent again with a new one", async () => {
    server.tokens.expireAccessTokens();
    await conversation.send("question");
    expect(sends().map((request) => request.headers.authorization)).toEqual(["Bearer access-1", "Bearer access-2"]);
  });

  it("that is refused stays with the reason, and goes under the same id when tried again", async () => {
    const body = { error_code: "queue_full", retryable: true, retry_after_s: 7, message: "当前提问人数较多" };
    server.failNext("/api/v1/chat", { kind: "problem", status: 503, body });
    await expect(conversation.send("question")).rejects.toThrow(BusyError);
    const [failed] = conversation.getSnapshot().state.pending;
    expect(failed).toMatchObject({ status: "failed", error: { code: "queue_full", retryAfterSeconds: 7 } });
    expect(failed?.error?.message).toBe("当前提问人数较多");
    expect(failed?.error?.correlationId).toBe("from-server");
    await conversation.retrySend(failed?.clientMessageId ?? "");
    expect(sends()[1]?.body["client_message_id"]).toBe(failed?.clientMessageId);
    await until(conversation, ({ state }) => state.pending.length === 0);
  });

  it("that is refused can be taken away", async () => {
    const details = [{ field: "message", message: "too long" }];
    server.failNext("/api/v1/chat", { kind: "problem", status: 400, body: { error_code: "invalid_request", details } });
    const error = await conversation.send("question").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error).toMatchObject({ fieldErrors: details, retryable: false });
    conversation.discardSend(conversation.getSnapshot().state.pending[0]?.clientMessageId ?? "");
    expect(kinds()).toEqual([]);
  });

  it("that made its thread is shown before anything is loaded", async () => {
    const response = await test.client.chat.send({ message: "first" });
    const firstSend = { text: "first", clientMessageId: "client-1", response };
    const other = test.client.openConversation(server.thread.threadId, { firstSend });
    expect(other.getSnapshot().items.map((item) => item.kind)).toEqual(["pending", "turn"]);
    await until(other, ({ state }) => state.messages.length === 1 && state.pending.length === 0);
    expect(other.getSnapshot().items.map((item) => item.kind)).toEqual(["message", "turn"]);
    other.close();
  });
});

describe("Two tabs on one conversation", () => {
  it("show the same messages and the same running text", async () => {
    const other = test.client.openConversation(server.thread.threadId);
    await untilConnection(other, "open");
    await conversation.send("question");
    const turnId = conversation.getSnapshot().state.turns[0]?.turnId ?? "";
    server.broadcast([...server.thread.startTurn(turnId), ...server.thread.write("answer")]);
    await until(other, ({ state }) => state.turns[0]?.text === "answer");
    server.broadcast(server.thread.finish("complete"));
    await until(other, ({ state }) => state.messages.length === 2);
    await until(conversation, ({ state }) => state.messages.length === 2);
    expect(other.getSnapshot().state.messages).toEqual(conversation.getSnapshot().state.messages);
    expect(other.getSnapshot().items).toEqual(conversation.getSnapshot().items);
    other.close();
  });
});

describe("A running answer", () => {
  it("is stopped with what was written", async () => {
    await startAnswer("half");
    const turnId = conversation.getSnapshot().state.turns[0]?.turnId ?? "";
    await conversation.stop(turnId);
    expect(conversation.getSnapshot().state.turns[0]?.isStopping).toBe(true);
    expect(server.requests.at(-1)?.body).toEqual({ turn_id: turnId });
    server.broadcast(server.thread.finish("stopped"));
    await until(conversation, ({ state }) => state.turns.length === 0);
    expect(conversation.getSnapshot().state.messages.at(-1)).toMatchObject({ text: "half", status: "stopped" });
  });

  it("that fails leaves a message with the reason, the same as a reload gives", async () => {
    await startAnswer("half");
    server.broadcast(server.thread.fail());
    await until(conversation, ({ state }) => state.messages.length === 2);
    const failed = conversation.getSnapshot().state.messages[1];
    expect(failed).toMatchObject({ status: "failed", text: "", meta: { error: { error_code: "llm_unavailable" } } });
    expect(failed).toEqual((await test.client.threads.messages("thread-1")).items[1]);
  });

  it("asked for again hides the old one while it is written and after", async () => {
    await startAnswer("old answer");
    server.broadcast(server.thread.finish("complete"));
    await until(conversation, ({ state }) => state.messages.length === 2);
    const oldId = conversation.getSnapshot().state.messages[1]?.id ?? "";
    await conversation.regenerate(oldId);
    expect(kinds()).toEqual(["message", "turn"]);
    const turnId = conversation.getSnapshot().state.turns[0]?.turnId ?? "";
    server.broadcast([...server.thread.startTurn(turnId, oldId), ...server.thread.write("new answer")]);
    server.broadcast(server.thread.finish("complete"));
    await until(conversation, ({ state }) => state.messages.length === 3);
    const shown = conversation.getSnapshot().items.map((item) => item.kind === "message" && item.message.text);
    expect(shown).toEqual(["question", "new answer"]);
  });

  it("can be read as a stream of frames, which ends with the turn", async () => {
    const frames: ServerFrame["type"][] = [];
    for await (const frame of test.client.chat.stream({ message: "question" })) frames.push(frame.type);
    expect(frames).toEqual(["chat_message", "chat_status", "chat_delta", "chat_message", "chat_status"]);
  });
});

async function startAnswer(text: string): Promise<void> {
  await conversation.send("question");
  const turnId = conversation.getSnapshot().state.turns[0]?.turnId ?? "";
  server.broadcast([...server.thread.startTurn(turnId), ...server.thread.write(text)]);
  await until(conversation, ({ state }) => state.turns[0]?.text === text);
}
