import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLocalLock } from "../src/auth/lock.ts";
import { createMemoryTokenStore, parseStoredTokens } from "../src/auth/token-store.ts";
import { AuthenticationError, NetworkError } from "../src/errors/evenkeel-error.ts";
import { passDelay } from "./support/manual-clock.ts";
import { ScriptedServer } from "./support/scripted-server.ts";
import { createTestClient } from "./support/test-client.ts";

let server: ScriptedServer;

beforeEach(async () => {
  server = await ScriptedServer.start();
});

afterEach(() => server.stop());

describe("The access token", () => {
  it("is refreshed 60 s before it expires, and not earlier", async () => {
    const { client, clock } = await createTestClient(server);
    clock.advance(839_999);
    await client.accounts.me();
    expect(server.count("/auth/refresh")).toBe(0);
    clock.advance(1);
    await client.accounts.me();
    expect(server.count("/auth/refresh")).toBe(1);
    expect(server.requests.at(-1)?.headers.authorization).toBe("Bearer access-2");
  });

  it("that lives shorter than that is refreshed after half of its life, not at every request", async () => {
    server.tokens.lifetimeSeconds = 20;
    const { client, clock } = await createTestClient(server);
    clock.advance(9999);
    await client.accounts.me();
    expect(server.count("/auth/refresh")).toBe(0);
    clock.advance(1);
    await client.accounts.me();
    expect(server.count("/auth/refresh")).toBe(1);
  });

  it("is refreshed once for many requests at a time", async () => {
    const { client, clock } = await createTestClient(server);
    clock.advance(850_000);
    await Promise.all([client.accounts.me(), client.accounts.me(), client.accounts.me()]);
    expect(server.count("/auth/refresh")).toBe(1);
  });

  it("that the server calls expired is refreshed, and the request repeated once", async () => {
    const { client } = await createTestClient(server);
    server.tokens.expireAccessTokens();
    expect((await client.accounts.me()).user.email).toBe("ada@example.com");
    expect(server.count("/auth/me")).toBe(2);
    expect(server.count("/auth/refresh")).toBe(1);
  });

  it("that the server calls invalid is forgotten, without a refresh", async () => {
    const { client, tokenStore } = await createTestClient(server);
    server.failNext("/auth/me", { kind: "problem", status: 401, body: { error_code: "token_invalid" } });
    await expect(client.accounts.me()).rejects.toThrow(AuthenticationError);
    expect(tokenStore.get()).toBeNull();
    expect(server.count("/auth/refresh")).toBe(0);
  });

  it("is used to its end when an early refresh finds no server", async () => {
    const { client, clock } = await createTestClient(server);
    clock.advance(850_000);
    for (let tries = 0; tries < 2; tries++) {
      server.failNext("/auth/refresh", { kind: "problem", status: 503, body: { retryable: true, error_code: "x" } });
    }
    const me = client.accounts.me();
    await server.until(() => server.count("/auth/refresh") === 1);
    await passDelay(clock);
    await me;
    expect(server.requests.at(-1)?.headers.authorization).toBe("Bearer access-1");
  });
});

describe("A refresh", () => {
  it("is tried at most twice when the server does not answer, and nobody is signed out for it", async () => {
    const { client, clock, tokenStore } = await createTestClient(server);
    clock.advance(901_000);
    server.failNext("/auth/refresh", { kind: "html", status: 502 });
    server.failNext("/auth/refresh", { kind: "html", status: 502 });
    const me = client.accounts.me();
    const outcome = expect(me).rejects.toMatchObject({ code: "server_error", status: 502 });
    await server.until(() => server.count("/auth/refresh") === 1);
    await passDelay(clock);
    await outcome;
    expect(server.count("/auth/refresh")).toBe(2);
    expect(tokenStore.get()).not.toBeNull();
  });

  it("that is refused signs out and is not refreshed itself", async () => {
    const { client, clock, tokenStore } = await createTestClient(server);
    server.tokens.revoke();
    clock.advance(901_000);
    await expect(client.accounts.me()).rejects.toMatchObject({ code: "token_invalid" });
    expect(server.count("/auth/refresh")).toBe(1);
    expect(tokenStore.get()).toBeNull();
  });

  it("in two tabs at once uses the refresh token once, and both go on", async () => {
    const lock = createLocalLock();
    const tokenStore = createMemoryTokenStore();
    const first = await createTestClient(server, { lock, tokenStore });
    const second = await createTestClient(server, { lock, tokenStore });
    first.clock.advance(850_000);
    second.clock.advance(850_000);
    await Promise.all([first.client.accounts.me(), second.client.accounts.me()]);
    expect(server.count("/auth/refresh")).toBe(1);
    await Promise.all([first.client.accounts.me(), second.client.accounts.me()]);
    expect(server.requests.at(-1)?.headers.authorization).toBe("Bearer access-2");
  });
});

describe("Signing out", () => {
  it("forgets the tokens at once, even when the server cannot be told", async () => {
    const { client, tokenStore } = await createTestClient(server);
    server.failNext("/auth/logout", { kind: "drop" });
    const logout = client.accounts.logout();
    expect(tokenStore.get()).toBeNull();
    await expect(logout).rejects.toThrow(NetworkError);
    await expect(client.accounts.me()).rejects.toMatchObject({ code: "auth_required" });
  });
});

describe("What a token store has kept", () => {
  it("is read only when it is a set of tokens", () => {
    const tokens = { accessToken: "a", refreshToken: "r", expiresAt: 2, refreshAt: 1 };
    expect(parseStoredTokens({ ...tokens, more: true })).toEqual(tokens);
    for (const wrong of [null, "text", [], {}, { ...tokens, accessToken: 1 }, { ...tokens, expiresAt: "2" }]) {
      expect(parseStoredTokens(wrong)).toBeNull();
    }
  });
});
