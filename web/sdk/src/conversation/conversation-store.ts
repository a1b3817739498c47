import type { ConnectionState } from "../connection/connection-state.ts";
import type { CancelSchedule, Environment } from "../environment.ts";
import type { ConversationSnapshot } from "./conversation.ts";
import { conversationItems } from "./conversation-items.ts";
import { type ConversationAction, conversationReducer } from "./conversation-reducer.ts";
import { type ConversationState, emptyConversation } from "./conversation-state.ts";

/** Holds the snapshot of a conversation, tells listeners, and lets time pass for turns that got stuck. */
export class ConversationStore {
  readonly #environment: Environment;
  readonly #listeners = new Set<() => void>();
  #snapshot: ConversationSnapshot;
  #cancelExpiry: CancelSchedule = () => undefined;
  #expiresAt = Number.POSITIVE_INFINITY;

  constructor(threadId: string, environment: Environment) {
    this.#environment = environment;
    this.#snapshot = {
      isLoaded: false,
      isLoadingOlder: false,
      connection: { kind: "connecting" },
      state: emptyConversation(threadId),
      items: [],
    };
  }

  readonly getSnapshot = (): ConversationSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get state(): ConversationState {
    return this.#snapshot.state;
  }

  dispatch(action: ConversationAction): void {
    const state = conversationReducer(this.state, action);
    if (state === this.state) return;
    this.#change({ state, items: conversationItems(state) });
    this.#watchExpiry();
  }

  setConnection(connection: ConnectionState): void {
    this.#change({ connection });
  }

  setLoaded(): void {
    this.#change({ isLoaded: true });
  }

  setLoadingOlder(isLoadingOlder: boolean): void {
    this.#change({ isLoadingOlder });
  }

  /** Stops the clock; the last snapshot stays readable. */
  stop(): void {
    this.#cancelExpiry();
    this.#expiresAt = Number.POSITIVE_INFINITY;
  }

  #change(part: Partial<ConversationSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    for (const listener of [...this.#listeners]) listener();
  }

  #watchExpiry(): void {
    const waiting = this.state.turns.filter((turn) => turn.phase !== "timed_out");
    const expiresAt = Math.min(...waiting.map((turn) => turn.expiresAt));
    if (expiresAt === this.#expiresAt) return;
    this.#cancelExpiry();
    this.#expiresAt = expiresAt;
    if (expiresAt === Number.POSITIVE_INFINITY) return;
    const delay = Math.max(0, expiresAt - this.#environment.now());
    this.#cancelExpiry = this.#environment.schedule(() => {
      this.#expiresAt = Number.POSITIVE_INFINITY;
      this.dispatch({ kind: "time_passed", at: this.#environment.now() });
      // A timer may fire a little early; whoever is not due yet is waited for again.
      this.#watchExpiry();
    }, delay);
  }
}
