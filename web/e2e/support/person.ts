import { randomUUID } from "node:crypto";

export const password = "a long enough passphrase";

/** Somebody with an account and an organization of their own. */
export interface Person {
  readonly email: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
}

export function newEmail(): string {
  return `person-${randomUUID()}@example.com`;
}

/** Makes an account as the page does, but faster. */
export async function register(serverUrl: string): Promise<Person> {
  const email = newEmail();
  const body = JSON.stringify({
    email,
    password,
    display_name: "Ada Lovelace",
    organization_name: "Analytical Engines",
  });
  const response = await fetch(`${serverUrl}/auth/register`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
  });
  if (!response.ok) throw new Error(`register: ${response.status} ${await response.text()}`);
  const tokens = (await response.json()) as { access_token: string; refresh_token: string; expires_in_seconds: number };
  return {
    email,
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresInSeconds: tokens.expires_in_seconds,
  };
}

/** The browser of somebody who is signed in. */
export function signedInState(serverUrl: string, person: Person) {
  const expiresAt = Date.now() + person.expiresInSeconds * 1000;
  const value = JSON.stringify({
    accessToken: person.accessToken,
    refreshToken: person.refreshToken,
    expiresAt,
    refreshAt: expiresAt - (person.expiresInSeconds * 1000) / 2,
  });
  return { cookies: [], origins: [{ origin: serverUrl, localStorage: [{ name: "evenkeel.tokens", value }] }] };
}

/** Asks the server, as the page would. */
export async function api<T>(serverUrl: string, person: Person, path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(serverUrl + path, {
    ...init,
    headers: { Authorization: `Bearer ${person.accessToken}`, "Content-Type": "application/json" },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
