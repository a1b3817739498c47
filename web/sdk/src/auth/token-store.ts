import type { TokenResponse } from "../wire/rest.ts";

/** The tokens of one signed-in person. */
export interface StoredTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the access token stops being accepted; milliseconds since 1970 on this machine's clock. */
  readonly expiresAt: number;
  /** When to fetch the next one: 60 s before it expires. */
  readonly refreshAt: number;
}

/**
 * Where tokens are kept. All tabs of a browser should share one store, and `subscribe` should report changes made by
 * other tabs too, so that signing out in one signs out in all.
 */
export interface TokenStore {
  get(): StoredTokens | null;
  set(tokens: StoredTokens): void;
  clear(): void;
  /** Calls back after every change; gives the way to stop. */
  subscribe(listener: () => void): () => void;
}

/** Seconds before expiry at which a token is replaced. */
export const refreshMarginSeconds = 60;

/** Milliseconds until a token that lives so many seconds should be replaced; half of its life when that is short. */
export function refreshDelay(expiresInSeconds: number): number {
  return Math.max(expiresInSeconds - refreshMarginSeconds, expiresInSeconds / 2) * 1000;
}

/** What to store of a token response that arrived at `now`. */
export function tokensFromResponse(response: TokenResponse, now: number): StoredTokens {
  return {
    accessToken: response.access_token,
    refreshToken: response.refresh_token,
    expiresAt: now + response.expires_in_seconds * 1000,
    refreshAt: now + refreshDelay(response.expires_in_seconds),
  };
}

/** Reads what a store has kept as text or JSON; null when it is not a set of tokens. */
export function parseStoredTokens(value: unknown): StoredTokens | null {
  if (typeof value !== "object" || value === null) return null;
  const { accessToken, refreshToken, expiresAt, refreshAt } = value as Partial<Record<keyof StoredTokens, unknown>>;
  if (typeof accessToken !== "string" || typeof refreshToken !== "string") return null;
  if (typeof expiresAt !== "number" || typeof refreshAt !== "number") return null;
  return { accessToken, refreshToken, expiresAt, refreshAt };
}

/** A store that forgets with the page. */
export function createMemoryTokenStore(initial: StoredTokens | null = null): TokenStore {
  let tokens = initial;
  const listeners = new Set<() => void>();
  const change = (next: StoredTokens | null) => {
    tokens = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => tokens,
    set: change,
    clear: () => change(null),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
