import type { HttpClient } from "../http/http-client.ts";
import type { Passage } from "../wire/knowledge.ts";
import type { Chatbot, Page } from "../wire/rest.ts";

/** Chatbots one can talk to. */
export interface Chatbots {
  /** All of the organization's. */
  list(page?: { cursor?: string | undefined; limit?: number }, signal?: AbortSignal): Promise<Page<Chatbot>>;
}

/** Passages of documents. */
export interface Passages {
  /** The whole of what a citation points to. */
  get(passageId: string, signal?: AbortSignal): Promise<Passage>;
}

/** Makes the chatbots part of a client. */
export function createChatbots(http: HttpClient): Chatbots {
  return {
    list: (page = {}, signal) =>
      http.json({ method: "GET", path: "/api/v1/chatbots", query: { cursor: page.cursor, limit: page.limit }, signal }),
  };
}

/** Makes the passages part of a client. */
export function createPassages(http: HttpClient): Passages {
  return {
    get: (passageId, signal) =>
      http.json({ method: "GET", path: `/api/v1/passages/${encodeURIComponent(passageId)}`, signal }),
  };
}
