import { type Environment, wait } from "../environment.ts";
import { createError, EvenkeelError } from "../errors/evenkeel-error.ts";
import { readJson, type SendRequest } from "../http/send-request.ts";
import type { TokenResponse } from "../wire/rest.ts";
import type { Lock } from "./lock.ts";
import { type StoredTokens, type TokenStore, tokensFromResponse } from "./token-store.ts";

/** Keeps one person signed in. */
export interface Session {
  /** An access token that is good for a while, refreshed when it is not; throws `auth_required` when nobody is signed in. */
  accessToken(): Promise<string>;
  /** Another token than the one the server just refused. */
  replaceToken(refused: string): Promise<string>;
  /** Stores the tokens of a register, login or refresh. */
  begin(response: TokenResponse): void;
  /** Forgets the tokens. With `refused`, only if that access token is still the current one. */
  end(refused?: string): void;
}

/** What a session is made of. */
export interface SessionOptions {
  readonly store: TokenStore;
  readonly lock: Lock;
  readonly lockName: string;
  readonly environment: Environment;
  readonly send: SendRequest;
}

const maxRefreshTries = 2;
const retryDelayMilliseconds = 1000;

/** Makes a session. Refreshes are single flight in this page by a shared promise, and across tabs by the lock. */
export function createSession({ store, lock, lockName, environment, send }: SessionOptions): Session {
  let running: Promise<StoredTokens> | null = null;

  function refresh(stale: string): Promise<StoredTokens> {
    running ??= lock(lockName, () => refreshUnderLock(stale)).finally(() => {
      running = null;
    });
    return running;
  }

  async function refreshUnderLock(stale: string): Promise<StoredTokens> {
    const tokens = requireTokens();
    // Another tab refreshed while we waited: using the old refresh token again would end the whole session.
    if (tokens.accessToken !== stale && environment.now() < tokens.expiresAt) return tokens;
    try {
      const fresh = tokensFromResponse(await requestRefresh(tokens.refreshToken), environment.now());
      store.set(fresh);
      return fresh;
    } catch (error) {
      if (!(error instanceof EvenkeelError) || error.status !== 401) throw error;
      const current = store.get();
      if (current !== null && current.refreshToken !== tokens.refreshToken) return current;
      store.clear();
      throw error;
    }
  }

  async function requestRefresh(refreshToken: string): Promise<TokenResponse> {
    for (let tries = 1; ; tries++) {
      try {
        const body = { refresh_token: refreshToken };
        return await readJson<TokenResponse>(await send({ method: "POST", path: "/auth/refresh", body }, null));
      } catch (error) {
        const mayRetry = error instanceof EvenkeelError && error.retryable && error.status !== 401;
        if (!mayRetry || tries >= maxRefreshTries) throw error;
        await wait(environment, retryDelayMilliseconds * (0.5 + environment.random()));
      }
    }
  }

  function requireTokens(): StoredTokens {
    const tokens = store.get();
    if (tokens !== null) return tokens;
    throw createError({ code: "auth_required", message: "Please sign in to continue.", status: 401, retryable: false });
  }

  async function accessToken(): Promise<string> {
    const tokens = requireTokens();
    if (environment.now() < tokens.refreshAt) return tokens.accessToken;
    try {
      return (await refresh(tokens.accessToken)).accessToken;
    } catch (error) {
      // Refreshing early is a courtesy: while the old token is good, trouble with it must not fail the request.
      const isRefused = error instanceof EvenkeelError && error.status === 401;
      if (isRefused || environment.now() >= tokens.expiresAt) throw error;
      return tokens.accessToken;
    }
  }

  return {
    accessToken,
    replaceToken: async (refused) => {
      const tokens = requireTokens();
      if (tokens.accessToken !== refused && environment.now() < tokens.refreshAt) return tokens.accessToken;
      return (await refresh(refused)).accessToken;
    },
    begin: (response) => store.set(tokensFromResponse(response, environment.now())),
    end: (refused) => {
      if (refused === undefined || store.get()?.accessToken === refused) store.clear();
    },
  };
}
