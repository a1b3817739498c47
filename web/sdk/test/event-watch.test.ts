import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EventWatchState } from "../src/timeline/watch-events.ts";
import { passDelay } from "./support/manual-clock.ts";
import { ScriptedServer } from "./support/scripted-server.ts";
import { ScriptedSocket } from "./support/scripted-socket.ts";
import { createTestClient } from "./support/test-client.ts";

let server: ScriptedServer;
let sockets: ScriptedSocket[];
let seen: number[];
let states: EventWatchState[];

beforeEach(async () => {
  server = await ScriptedServer.start();
  sockets = [];
  seen = [];
  states = [];
});

afterEach(() => server.stop());

async function start(afterSeq: number) {
  const openWebSocket = (url: string) => {
    const socket = new ScriptedSocket(url);
    sockets.push(socket);
    return socket;
  };
  const { client, clock } = await createTestClient(server, { openWebSocket });
  const watch = client.timeline.watch("session-1", {
    afterSeq,
    onEvent: ({ seq }) => seen.push(seq),
    onState: (state) => states.push(state),
  });
  return { watch, clock };
}

async function opened(count: number): Promise<ScriptedSocket> {
  for (;;) {
    const newest = sockets[count - 1];
    if (newest !== undefined) return newest;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const greeting = { type: "chat_status", event: "connected", last_seq: 9, recovered: true };
const event = (seq: number) => ({ type: "event", event: { seq } });

describe("A watch over the events of a session", () => {
  it("begins behind what is known, in the person's language, and answers pings", async () => {
    await start(4);
    const socket = await opened(1);
    expect(socket.url.pathname).toBe("/chat/ws/events/session-1");
    expect(socket.url.searchParams.get("after_seq")).toBe("4");
    expect(socket.url.searchParams.get("locale")).toBe("zh");
    expect(socket.url.searchParams.get("token")).not.toBeNull();
    socket.open();
    for (const frame of [greeting, event(5), event(5), event(6), { type: "ping", timestamp: "" }]) socket.say(frame);
    expect(seen).toEqual([5, 6]);
    expect(socket.sent).toEqual([{ type: "pong" }]);
    expect(states.map(({ kind }) => kind)).toEqual(["connecting", "open"]);
  });

  it("goes on behind the last event it gave after the connection was lost", async () => {
    const { clock } = await start(0);
    const first = await opened(1);
    first.open();
    for (const frame of [greeting, event(1), event(2)]) first.say(frame);
    first.end(1006);
    expect(states.at(-1)?.kind).toBe("reconnecting");
    await passDelay(clock);
    const second = await opened(2);
    expect(second.url.searchParams.get("after_seq")).toBe("2");
    second.open();
    for (const frame of [greeting, event(3)]) second.say(frame);
    first.say(event(9));
    expect(seen).toEqual([1, 2, 3]);
  });

  it("ends where there is nothing to see, and when it is closed", async () => {
    await start(0);
    const refused = await opened(1);
    refused.open();
    refused.end(4404);
    expect(states.at(-1)).toEqual({ kind: "closed", reason: "not_found" });

    const { watch, clock } = await start(0);
    const socket = await opened(2);
    socket.open();
    socket.say(greeting);
    watch.close();
    expect(socket.isClosed).toBe(true);
    clock.advance(120_000);
    expect(sockets).toHaveLength(2);
  });
});
