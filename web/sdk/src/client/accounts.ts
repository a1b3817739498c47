import type { Session } from "../auth/session.ts";
import type { TokenStore } from "../auth/token-store.ts";
import type { HttpClient } from "../http/http-client.ts";
import { readJson, type SendRequest } from "../http/send-request.ts";
import type { Identity, LoginRequest, RegisterRequest, SignedInResponse } from "../wire/rest.ts";

/** Signing in and out. */
export interface Accounts {
  /** Creates an account and an organization, and signs in. */
  register(request: RegisterRequest): Promise<Identity>;
  /** Signs in. */
  login(request: LoginRequest): Promise<Identity>;
  /** Signs out here at once, and on the server if it can be reached. */
  logout(): Promise<void>;
  /** Who is signed in. */
  me(signal?: AbortSignal): Promise<Identity>;
}

/** Makes the accounts part of a client. */
export function createAccounts(session: Session, store: TokenStore, send: SendRequest, http: HttpClient): Accounts {
  async function signIn(path: string, body: LoginRequest | RegisterRequest): Promise<Identity> {
    const response = await readJson<SignedInResponse>(await send({ method: "POST", path, body }, null));
    session.begin(response);
    return {
      user: response.user,
      organization: response.organization,
      role: response.role,
      is_operator: response.is_operator,
    };
  }

  return {
    register: (request) => signIn("/auth/register", request),
    login: (request) => signIn("/auth/login", request),
    logout: async () => {
      const tokens = store.get();
      session.end();
      if (tokens === null) return;
      await send({ method: "POST", path: "/auth/logout", body: { refresh_token: tokens.refreshToken } }, null);
    },
    me: (signal) => http.json<Identity>({ method: "GET", path: "/auth/me", signal }),
  };
}
