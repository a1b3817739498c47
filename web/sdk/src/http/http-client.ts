import type { Session } from "../auth/session.ts";
import { EvenkeelError } from "../errors/evenkeel-error.ts";
import { type RequestSpec, readJson, type SendRequest } from "./send-request.ts";

/** Requests in the name of the signed-in person. */
export interface HttpClient {
  /** Sends and reads a JSON answer. */
  json<T>(spec: RequestSpec): Promise<T>;
  /** Sends and leaves the body to the caller. */
  response(spec: RequestSpec): Promise<Response>;
  /** Sends in another way, with the token handed over. */
  authorized(send: (accessToken: string) => Promise<Response>): Promise<Response>;
}

/** Adds the access token; an expired one is refreshed and the request repeated, once. */
export function createHttpClient(session: Session, send: SendRequest): HttpClient {
  async function authorized(sendWith: (accessToken: string) => Promise<Response>): Promise<Response> {
    const token = await session.accessToken();
    try {
      return await sendWith(token);
    } catch (error) {
      if (!(error instanceof EvenkeelError)) throw error;
      if (error.code === "token_invalid") session.end(token);
      if (error.code !== "token_expired") throw error;
      return await sendWith(await session.replaceToken(token));
    }
  }

  const response = (spec: RequestSpec) => authorized((token) => send(spec, token));
  return {
    authorized,
    response,
    json: async <T>(spec: RequestSpec) => readJson<T>(await response(spec)),
  };
}
