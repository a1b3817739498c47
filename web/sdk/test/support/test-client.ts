import { WebSocket } from "ws";
import type { Lock } from "../../src/auth/lock.ts";
import { createMemoryTokenStore, type TokenStore } from "../../src/auth/token-store.ts";
import { createClient, type EvenkeelClient } from "../../src/client/create-client.ts";
import type { Conversation, ConversationSnapshot } from "../../src/conversation/conversation.ts";
import type { Environment } from "../../src/environment.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";
import type { ScriptedServer } from "./scripted-server.ts";

/** A client on a manual clock, signed in. */
export interface TestClient {
  readonly client: EvenkeelClient;
  readonly clock: ManualClock;
  readonly tokenStore: TokenStore;
}

export interface TestClientOptions {
  readonly tokenStore?: TokenStore;
  readonly lock?: Lock;
  readonly clock?: ManualClock;
  readonly newXmlHttpRequest?: Environment["newXmlHttpRequest"];
  readonly openWebSocket?: Environment["openWebSocket"];
}

let idNumber = 0;

export async function createTestClient(server: ScriptedServer, options: TestClientOptions = {}): Promise<TestClient> {
  const { tokenStore = createMemoryTokenStore(), clock = createManualClock(), lock, newXmlHttpRequest } = options;
  const client = createClient({
    baseUrl: server.baseUrl,
    tokenStore,
    ...(lock === undefined ? {} : { lock }),
    ...(newXmlHttpRequest === undefined ? {} : { newXmlHttpRequest }),
    now: clock.now,
    schedule: clock.schedule,
    random: () => 0.5,
    newId: () => `00000000-0000-4000-8000-${String(++idNumber).padStart(12, "0")}`,
    openWebSocket: options.openWebSocket ?? ((url) => new WebSocket(url)),
    locale: () => "zh",
  });
  if (tokenStore.get() === null) await client.accounts.login({ email: "ada@example.com", password: "a long password" });
  return { client, clock, tokenStore };
}

/** Waits until the conversation looks so. */
export function until(conversation: Conversation, isSo: (snapshot: ConversationSnapshot) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!isSo(conversation.getSnapshot())) return;
      stop();
      resolve();
    };
    const stop = conversation.subscribe(check);
    check();
  });
}

/** Waits until the connection is in this state. */
export function untilConnection(
  conversation: Conversation,
  kind: ConversationSnapshot["connection"]["kind"],
): Promise<void> {
  return until(conversation, ({ connection }) => connection.kind === kind);
}
