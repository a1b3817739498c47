import type { HttpClient } from "../http/http-client.ts";
import type { SendUpload } from "../http/send-upload.ts";
import type {
  Audience,
  ChangeSourceRequest,
  CreateSourceRequest,
  KnowledgeSource,
  RetriedDocuments,
  RetrievalTrace,
} from "../wire/knowledge.ts";
import type { Page } from "../wire/rest.ts";
import { createDocuments, type Documents } from "./documents.ts";
import { chatbotPath, type PageSpec, type SourceAddress, sourcePath } from "./knowledge-address.ts";

/** What chatbots answer from; changing it is for owners and administrators. */
export interface Knowledge extends Documents {
  sources(chatbotId: string, page?: PageSpec, signal?: AbortSignal): Promise<Page<KnowledgeSource>>;
  source(address: SourceAddress, signal?: AbortSignal): Promise<KnowledgeSource>;
  /** With `web` a web source, which is fetched at once. */
  createSource(chatbotId: string, request: CreateSourceRequest): Promise<KnowledgeSource>;
  /** Members that are absent stay as they are. */
  changeSource(address: SourceAddress, request: ChangeSourceRequest): Promise<KnowledgeSource>;
  /** Deletes it with its documents; answers know nothing of them any more. */
  deleteSource(address: SourceAddress): Promise<void>;
  /** Fetches a web source now. */
  fetchSource(address: SourceAddress): Promise<KnowledgeSource>;
  /** Tries all failed documents again. */
  retryFailed(address: SourceAddress): Promise<RetriedDocuments>;
  /** What would be retrieved for a question, and why. */
  tryQuestion(
    chatbotId: string,
    request: { readonly question: string; readonly audience?: Audience },
    signal?: AbortSignal,
  ): Promise<RetrievalTrace>;
}

/** Makes the knowledge part of a client. */
export function createKnowledge(http: HttpClient, sendUpload: SendUpload): Knowledge {
  return {
    ...createDocuments(http, sendUpload),
    sources: (chatbotId, { cursor, limit } = {}, signal) =>
      http.json({ method: "GET", path: `${chatbotPath(chatbotId)}/sources`, query: { cursor, limit }, signal }),
    source: (address, signal) => http.json({ method: "GET", path: sourcePath(address), signal }),
    createSource: (chatbotId, body) => http.json({ method: "POST", path: `${chatbotPath(chatbotId)}/sources`, body }),
    changeSource: (address, body) => http.json({ method: "PATCH", path: sourcePath(address), body }),
    deleteSource: async (address) => {
      await http.response({ method: "DELETE", path: sourcePath(address) });
    },
    fetchSource: (address) => http.json({ method: "POST", path: `${sourcePath(address)}/fetch` }),
    retryFailed: (address) => http.json({ method: "POST", path: `${sourcePath(address)}/retry` }),
    tryQuestion: (chatbotId, body, signal) =>
      http.json({ method: "POST", path: `${chatbotPath(chatbotId)}/retrieval`, body, signal }),
  };
}
