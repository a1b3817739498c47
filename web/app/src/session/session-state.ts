import type { TokenStore } from "@evenkeel/sdk";

/** Whether somebody is signed in; if not, whether nobody was, they left on purpose, or the session ended by itself. */
export type SessionState = "signed_in" | "nobody" | "left" | "expired";

/** Watches the token store. */
export interface SessionWatch {
  current(): SessionState;
  subscribe(listener: () => void): () => void;
  /** Says that the coming end of the session is wanted. */
  expectLeaving(): void;
}

export function watchSession(store: TokenStore): SessionWatch {
  let state: SessionState = store.get() === null ? "nobody" : "signed_in";
  let isLeaving = false;
  const listeners = new Set<() => void>();
  store.subscribe(() => {
    const next = stateAfter(state, store.get() !== null, isLeaving);
    if (next === state) return;
    state = next;
    isLeaving = false;
    for (const listener of [...listeners]) listener();
  });
  return {
    current: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    expectLeaving() {
      isLeaving = true;
    },
  };
}

function stateAfter(state: SessionState, hasTokens: boolean, isLeaving: boolean): SessionState {
  if (hasTokens) return "signed_in";
  if (state !== "signed_in") return state;
  return isLeaving ? "left" : "expired";
}
