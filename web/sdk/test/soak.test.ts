import { describe, expect, it } from "vitest";
import { stateFromSnapshot } from "../src/conversation/conversation-state.ts";
import { ScriptedServer } from "./support/scripted-server.ts";
import { createSeededRandom } from "./support/seeded-random.ts";
import { createTestClient, until } from "./support/test-client.ts";

const turns = 400;

describe("A conversation over real sockets that drop at random", () => {
  it.each([
    ["websocket", 1],
    ["websocket", 2],
    ["sse", 3],
  ] as const)("loses, repeats and disorders nothing (%s, seed %i)", async (transport, seed) => {
    const random = createSeededRandom(seed);
    const server = await ScriptedServer.start();
    server.acceptsWebSockets = transport === "websocket";
    const { client, clock } = await createTestClient(server);
    const conversation = client.openConversation(server.thread.threadId);
    const stopClock = conversation.subscribe(() => {
      const { connection } = conversation.getSnapshot();
      if (connection.kind !== "reconnecting" || connection.retryAt === null) return;
      const delay = connection.retryAt - clock.now();
      // Not within the change itself: the timer is set after it.
      setImmediate(() => clock.advance(delay));
    });
    let tokenTroubleAt = 0;
    const perhapsDrop = () => {
      if (random.chance(0.15)) server.dropStreams(random.chance(0.5) ? 1006 : 4480);
      // Three refusals in a row rightly sign out; here they stay apart.
      if (!random.chance(0.05) || clock.now() - tokenTroubleAt < 20_000) return;
      tokenTroubleAt = clock.now();
      server.tokens.expireAccessTokens();
      if (random.chance(0.5)) server.dropStreams(4401);
    };
    for (let turn = 0; turn < turns; turn++) {
      const { frame, turnId } = server.thread.addUserMessage(`question ${turn}`);
      server.broadcast([frame, ...server.thread.startTurn(turnId)]);
      for (let piece = random.below(5); piece >= 0; piece--) {
        perhapsDrop();
        const written = server.thread.write(`piece ${piece} `);
        if (!random.chance(0.05)) server.broadcast(written);
        if (random.chance(0.1)) server.broadcast(server.thread.reset(random.chance(0.5)));
        if (random.chance(0.3)) await new Promise((resolve) => setImmediate(resolve));
      }
      server.broadcast(random.chance(0.2) ? server.thread.fail() : server.thread.finish("complete"));
      perhapsDrop();
      clock.advance(2000);
      await until(conversation, ({ state }) => turn % 4 !== 3 || state.lastSeq === server.thread.lastSeq);
    }
    await until(conversation, ({ state }) => state.lastSeq === server.thread.lastSeq && state.turns.length === 0);
    const fresh = stateFromSnapshot("thread-1", server.thread.page(2 * turns), clock.now());
    expect(conversation.getSnapshot().state.messages).toEqual(fresh.messages);
    expect(server.streams.length).toBeGreaterThan(50);
    stopClock();
    conversation.close();
    await server.stop();
  });
});
