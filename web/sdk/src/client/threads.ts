import type { HttpClient } from "../http/http-client.ts";
import type { ChatThread, MessagePage, Page } from "../wire/rest.ts";

/** Conversations of the signed-in person. */
export interface Threads {
  /** Newest first. */
  list(page?: { cursor?: string | undefined; limit?: number }, signal?: AbortSignal): Promise<Page<ChatThread>>;
  /** One conversation. */
  get(threadId: string, signal?: AbortSignal): Promise<ChatThread>;
  /** Gives it another title. */
  rename(threadId: string, title: string): Promise<ChatThread>;
  /** Deletes it. */
  delete(threadId: string): Promise<void>;
  /** A page of messages, the newest without `beforeSeq`. */
  messages(
    threadId: string,
    page?: { beforeSeq?: number | undefined; limit?: number },
    signal?: AbortSignal,
  ): Promise<MessagePage>;
}

/** Makes the threads part of a client. */
export function createThreads(http: HttpClient): Threads {
  return {
    list: (page = {}, signal) =>
      http.json({ method: "GET", path: "/api/v1/threads", query: { cursor: page.cursor, limit: page.limit }, signal }),
    get: (threadId, signal) => http.json({ method: "GET", path: threadPath(threadId), signal }),
    rename: (threadId, title) => http.json({ method: "PATCH", path: threadPath(threadId), body: { title } }),
    delete: async (threadId) => {
      await http.response({ method: "DELETE", path: threadPath(threadId) });
    },
    messages: (threadId, page = {}, signal) =>
      http.json({
        method: "GET",
        path: `${threadPath(threadId)}/messages`,
        query: { before_seq: page.beforeSeq, limit: page.limit },
        signal,
      }),
  };
}

function threadPath(threadId: string): string {
  return `/api/v1/threads/${encodeURIComponent(threadId)}`;
}
