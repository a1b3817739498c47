import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Conversation } from "../src/conversation/conversation.ts";
import { ScriptedServer } from "./support/scripted-server.ts";
import { createTestClient, type TestClient, until, untilConnection } from "./support/test-client.ts";

let server: ScriptedServer;
let test: TestClient;
let opened: Conversation[];

beforeEach(async () => {
  server = await ScriptedServer.start();
  test = await createTestClient(server);
  opened = [];
});

afterEach(async () => {
  for (const conversation of opened) conversation.close();
  await server.stop();
});

function open(): Conversation {
  const conversation = test.client.openConversation(server.thread.threadId);
  opened.push(conversation);
  return conversation;
}

async function openAndConnect(): Promise<Conversation> {
  const conversation = open();
  await untilConnection(conversation, "open");
  return conversation;
}

/** Waits for the announcement of the next try, then lets its time come. */
async function passReconnectDelay(conversation: Conversation): Promise<void> {
  await until(conversation, ({ connection }) => connection.kind === "reconnecting" && connection.retryAt !== null);
  test.clock.advance(test.clock.untilNext() ?? 0);
}

function texts(conversation: Conversation): string[] {
  return conversation.getSnapshot().state.messages.map((message) => message.text);
}

describe("Connecting", () => {
  it("reads the newest page and resumes from it, with a ticket instead of the access token", async () => {
    server.thread.addUserMessage("before");
    const conversation = await openAndConnect();
    expect(conversation.getSnapshot()).toMatchObject({ isLoaded: true, connection: { transport: "websocket" } });
    expect(texts(conversation)).toEqual(["before"]);
    expect(server.streams).toEqual([{ transport: "websocket", afterSeq: 1 }]);
    expect(server.count("/auth/refresh-for-streaming")).toBe(1);
  });

  it("shows a running turn at once after a reload, then its text so far", async () => {
    server.broadcast(server.thread.startTurn(server.thread.addUserMessage("question").turnId));
    server.thread.write("half an ");
    const conversation = await openAndConnect();
    await until(conversation, ({ state }) => state.turns[0]?.text === "half an ");
    server.broadcast(server.thread.write("answer"));
    server.broadcast(server.thread.finish("complete"));
    await until(conversation, ({ state }) => state.messages.length === 2);
    expect(texts(conversation)).toEqual(["question", "half an answer"]);
    expect(conversation.getSnapshot().state.turns).toEqual([]);
  });

  it("stops for good at a thread that does not exist", async () => {
    server.failNext("/api/v1/threads/thread-1/messages", {
      kind: "problem",
      status: 404,
      body: { error_code: "not_found" },
    });
    const conversation = open();
    await untilConnection(conversation, "closed");
    expect(conversation.getSnapshot().connection).toEqual({ kind: "closed", reason: "not_found" });
  });

  it("answers pings", async () => {
    await openAndConnect();
    server.broadcast([{ type: "ping", timestamp: "2026-01-31T12:00:15.000Z" }]);
    await server.until(() => server.received.some((frame) => frame["type"] === "pong"));
  });
});

describe("A dropped connection", () => {
  it("resumes after the last frame seen and gets everything missed, once and in order", async () => {
    const conversation = await openAndConnect();
    server.broadcast([server.thread.addUserMessage("one").frame]);
    await until(conversation, ({ state }) => state.lastSeq === 1);
    server.dropStreams();
    server.thread.addUserMessage("two");
    server.thread.addUserMessage("three");
    // The first try after a drop goes over SSE only if the socket cannot open; here it can.
    await passReconnectDelay(conversation);
    await until(conversation, ({ state }) => state.lastSeq === 3);
    expect(texts(conversation)).toEqual(["one", "two", "three"]);
    expect(server.streams.map(({ afterSeq }) => afterSeq)).toEqual([0, 1]);
  });

  it("starts afresh from the snapshot when the server cannot recover the position", async () => {
    const conversation = await openAndConnect();
    server.broadcast([server.thread.addUserMessage("one").frame]);
    await until(conversation, ({ state }) => state.lastSeq === 1);
    for (let number = 2; number <= 9; number++) server.thread.addUserMessage(`message ${number}`);
    server.recovered = false;
    server.dropStreams(4480);
    await passReconnectDelay(conversation);
    await until(conversation, ({ state }) => state.lastSeq === 9);
    expect(conversation.getSnapshot().state.messages.map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9]);
    await conversation.loadOlder();
    expect(conversation.getSnapshot().state.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(conversation.getSnapshot().state.nextBeforeSeq).toBeNull();
  });

  it.each([
    [4403, "forbidden"],
    [4404, "not_found"],
  ] as const)("with code %i is not opened again", async (code, reason) => {
    const conversation = await openAndConnect();
    server.dropStreams(code);
    await untilConnection(conversation, "closed");
    expect(conversation.getSnapshot().connection).toEqual({ kind: "closed", reason });
    expect(test.clock.untilNext()).toBeNull();
  });

  it.each([
    [1013, '{"error_code":"queue_full","retry_after_s":20}', 20_000, 25_000],
    [4429, '{"error_code":"rate_limited","retry_after_s":40}', 40_000, 45_000],
    [4429, "", 30_000, 35_000],
    [1001, "", 250, 3000],
    [4480, "", 250, 1000],
    [4408, "", 250, 1000],
  ])("with code %i and reason '%s' is opened again after a while", async (code, reason, least, most) => {
    const conversation = await openAndConnect();
    server.dropStreams(code, reason);
    await until(conversation, ({ connection }) => connection.kind === "reconnecting");
    const delay = test.clock.untilNext() ?? 0;
    expect(delay).toBeGreaterThanOrEqual(least);
    expect(delay).toBeLessThanOrEqual(most);
  });

  it("is tried again after growing waits of at most 30 s", async () => {
    const conversation = await openAndConnect();
    const delays: number[] = [];
    await server.stop();
    for (let tries = 0; tries < 9; tries++) {
      await until(conversation, ({ connection }) => connection.kind === "reconnecting" && connection.retryAt !== null);
      delays.push(test.clock.untilNext() ?? 0);
      test.clock.advance(test.clock.untilNext() ?? 0);
    }
    expect(delays).toEqual([375, 750, 1500, 3000, 6000, 12_000, 22_500, 22_500, 22_500]);
  });

  it("is opened at once when the page wakes up", async () => {
    const conversation = await openAndConnect();
    server.dropStreams(1013, '{"retry_after_s":600}');
    await until(conversation, ({ connection }) => connection.kind === "reconnecting");
    conversation.wake();
    await untilConnection(conversation, "open");
  });
});

describe("A gap in the durable frames", () => {
  it("is filled by a resume on the same connection", async () => {
    const conversation = await openAndConnect();
    server.thread.addUserMessage("lost");
    server.broadcast([server.thread.addUserMessage("arrived").frame]);
    await until(conversation, ({ state }) => state.lastSeq === 2);
    expect(texts(conversation)).toEqual(["lost", "arrived"]);
    expect(server.received).toContainEqual({ type: "resume", after_seq: 0 });
    expect(server.streams).toHaveLength(1);
  });

  it("of the running answer is filled too", async () => {
    const conversation = await openAndConnect();
    const { frame, turnId } = server.thread.addUserMessage("question");
    server.broadcast([frame, ...server.thread.startTurn(turnId), ...server.thread.write("It ")]);
    server.thread.write("really ");
    server.broadcast(server.thread.write("works"));
    await until(conversation, ({ state }) => state.turns[0]?.text === "It really works");
  });
});

describe("Silence", () => {
  it("of 60 s makes a connection stale, and another is opened", async () => {
    const conversation = await openAndConnect();
    const seen: string[] = [];
    conversation.subscribe(() => seen.push(conversation.getSnapshot().connection.kind));
    test.clock.advance(59_000);
    expect(seen).toEqual([]);
    test.clock.advance(1000);
    expect(seen).toEqual(["stale"]);
    test.clock.advance(test.clock.untilNext() ?? 0);
    await untilConnection(conversation, "open");
    expect(server.streams).toHaveLength(2);
  });

  it("during a turn ends the typing indicator visibly after 30 s, and a late answer still counts", async () => {
    const conversation = await openAndConnect();
    const { frame, turnId } = server.thread.addUserMessage("question");
    server.broadcast([frame, ...server.thread.startTurn(turnId)]);
    await until(conversation, ({ state }) => state.turns[0]?.phase === "typing");
    test.clock.advance(29_999);
    expect(conversation.getSnapshot().state.turns[0]?.phase).toBe("typing");
    test.clock.advance(1);
    expect(conversation.getSnapshot().state.turns[0]?.phase).toBe("timed_out");
    server.broadcast(server.thread.write("late"));
    await until(conversation, ({ state }) => state.turns[0]?.phase === "typing");
    server.broadcast(server.thread.finish("complete"));
    await until(conversation, ({ state }) => state.turns.length === 0);
    expect(texts(conversation)).toEqual(["question", "late"]);
  });
});

describe("Tokens of a connection", () => {
  it("are refreshed after 4401, and the connection resumes", async () => {
    const conversation = await openAndConnect();
    server.broadcast([server.thread.addUserMessage("one").frame]);
    await until(conversation, ({ state }) => state.lastSeq === 1);
    server.tokens.expireAccessTokens();
    server.thread.addUserMessage("two");
    server.dropStreams(4401, '{"error_code":"token_expired"}');
    await until(conversation, ({ state }) => state.lastSeq === 2);
    expect(server.count("/auth/refresh")).toBe(1);
    expect(server.streams.map(({ afterSeq }) => afterSeq)).toEqual([0, 1]);
  });

  it("are refreshed at most twice in a row, then the person is signed out", async () => {
    const conversation = await openAndConnect();
    for (let tries = 0; tries < 3; tries++) server.closeNextSocket(4401);
    server.dropStreams(4401);
    await untilConnection(conversation, "closed");
    expect(conversation.getSnapshot().connection).toEqual({ kind: "closed", reason: "signed_out" });
    expect(server.count("/auth/refresh")).toBe(2);
  });

  it("end the connection when they cannot be refreshed", async () => {
    const conversation = await openAndConnect();
    server.tokens.revoke();
    server.dropStreams(4401);
    await untilConnection(conversation, "closed");
    expect(conversation.getSnapshot().connection).toEqual({ kind: "closed", reason: "signed_out" });
    expect(test.tokenStore.get()).toBeNull();
  });

  it("are renewed inside the open socket 60 s before they expire", async () => {
    server.tokenLifetimeOfSockets = 300;
    await openAndConnect();
    for (let quarter = 0; quarter < 16; quarter++) {
      test.clock.advance(15_000 - (quarter === 15 ? 1 : 0));
      server.broadcast([{ type: "ping", timestamp: "" }]);
      await server.until(() => server.received.filter((frame) => frame["type"] === "pong").length === quarter + 1);
    }
    expect(server.count("/auth/refresh")).toBe(0);
    test.clock.advance(1);
    await server.until(() => server.received.some((frame) => frame["type"] === "auth"));
    expect(server.received.find((frame) => frame["type"] === "auth")).toEqual({ type: "auth", token: "access-2" });
    expect(server.streams).toHaveLength(1);
  });

  it("that another tab removed end the connection", async () => {
    const conversation = await openAndConnect();
    test.tokenStore.clear();
    expect(conversation.getSnapshot().connection).toEqual({ kind: "closed", reason: "signed_out" });
  });
});

describe("Where WebSockets do not get through", () => {
  it("the same frames come over SSE, and a drop resumes there", async () => {
    server.acceptsWebSockets = false;
    const conversation = await openAndConnect();
    expect(conversation.getSnapshot().connection).toEqual({ kind: "open", transport: "sse" });
    const { frame, turnId } = server.thread.addUserMessage("question");
    server.broadcast([frame, ...server.thread.startTurn(turnId), ...server.thread.write("你好")]);
    await until(conversation, ({ state }) => state.turns[0]?.text === "你好");
    server.dropStreams();
    server.thread.finish("complete");
    await passReconnectDelay(conversation);
    await until(conversation, ({ state }) => state.messages.length === 2 && state.turns.length === 0);
    expect(texts(conversation)).toEqual(["question", "你好"]);
    expect(server.streams).toEqual([
      { transport: "sse", afterSeq: 0 },
      { transport: "sse", afterSeq: 1 },
    ]);
  });

  it("a gap opens the stream again from the last frame seen", async () => {
    server.acceptsWebSockets = false;
    const conversation = await openAndConnect();
    server.thread.addUserMessage("lost");
    server.broadcast([server.thread.addUserMessage("arrived").frame]);
    await passReconnectDelay(conversation);
    await until(conversation, ({ state }) => state.lastSeq === 2);
    expect(texts(conversation)).toEqual(["lost", "arrived"]);
  });
});

describe("Timeline events", () => {
  it("are subscribed to by type, and again after a reconnect", async () => {
    const conversation = await openAndConnect();
    const seen: string[] = [];
    conversation.onTimelineEvent(["agent_thinking"], (event) => seen.push(event.user_message));
    const subscriptions = () => server.received.filter((frame) => frame["type"] === "subscribe");
    await server.until(() => subscriptions().length === 1);
    server.dropStreams(1001);
    await passReconnectDelay(conversation);
    await server.until(() => subscriptions().length === 2);
    const event = { id: "1", seq: 1, session_id: "thread-1", timestamp: "", attempt: 1 } as const;
    const stage = { event_status: "started", user_message: "🤔 Thinking" } as const;
    server.broadcast([
      { type: "event", event: { ...event, ...stage, event_type: "loading_history" } },
      { type: "event", event: { ...event, ...stage, event_type: "agent_thinking" } },
      server.thread.addUserMessage("after").frame,
    ]);
    await until(conversation, ({ state }) => state.lastSeq === 1);
    expect(seen).toEqual(["🤔 Thinking"]);
  });
});
