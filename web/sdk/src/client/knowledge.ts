import type { HttpClient } from "../http/http-client.ts";
import { readJson } from "../http/send-request.ts";
import type { SendUpload } from "../http/send-upload.ts";
import type {
  Audience,
  ChangeSourceRequest,
  CreateSourceRequest,
  DocumentStatus,
  KnowledgeDocument,
  KnowledgeSource,
  Passage,
  RetrievalTrace,
  UploadedDocuments,
} from "../wire/knowledge.ts";
import type { Page } from "../wire/rest.ts";

/** Which part of a list. */
export interface PageSpec {
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

/** Address of a source. */
export interface SourceAddress {
  readonly chatbotId: string;
  readonly sourceId: string;
}

/** Address of a document. */
export interface DocumentAddress extends SourceAddress {
  readonly documentId: string;
}

/** How an upload is watched and ended. */
export interface UploadOptions {
  /** How much of the file has gone out, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What chatbots answer from; changing it is for owners and administrators. */
export interface Knowledge {
  sources(chatbotId: string, page?: PageSpec, signal?: AbortSignal): Promise<Page<KnowledgeSource>>;
  source(address: SourceAddress, signal?: AbortSignal): Promise<KnowledgeSource>;
  /** With `web` a web source, which is fetched at once. */
  createSource(chatbotId: string, request: CreateSourceRequest): Promise<KnowledgeSource>;
  /** Members that are absent stay as they are. */
  changeSource(address: SourceAddress, request: ChangeSourceRequest): Promise<KnowledgeSource>;
  /** Deletes it with its documents; answers know nothing of them any more. */
  deleteSource(address: SourceAddress): Promise<void>;
  /** Fetches a web source now. */
  fetchSource(address: SourceAddress): Promise<void>;
  /** Tries all failed documents again. */
  retryFailed(address: SourceAddress): Promise<void>;
  documents(
    address: SourceAddress,
    page?: PageSpec & { readonly status?: DocumentStatus | undefined },
    signal?: AbortSignal,
  ): Promise<Page<KnowledgeDocument>>;
  document(address: DocumentAddress, signal?: AbortSignal): Promise<KnowledgeDocument>;
  /** Uploads one file; a document of the same name is replaced. */
  upload(
    address: SourceAddress,
    file: { readonly name: string; readonly content: Blob },
    options?: UploadOptions,
  ): Promise<UploadedDocuments>;
  /** Adds Markdown or plain text; without a title its first heading or line is the title. */
  paste(
    address: SourceAddress,
    document: { readonly title?: string; readonly text: string },
  ): Promise<UploadedDocuments>;
  retryDocument(address: DocumentAddress): Promise<void>;
  cancelDocument(address: DocumentAddress): Promise<void>;
  deleteDocument(address: DocumentAddress): Promise<void>;
  /** The file as it came in. */
  content(address: DocumentAddress, signal?: AbortSignal): Promise<Blob>;
  /** In the document's order. */
  passages(address: DocumentAddress, page?: PageSpec, signal?: AbortSignal): Promise<Page<Passage>>;
  /** What would be retrieved for a question, and why. */
  tryQuestion(
    chatbotId: string,
    request: { readonly question: string; readonly audience?: Audience },
    signal?: AbortSignal,
  ): Promise<RetrievalTrace>;
}

/** Makes the knowledge part of a client. */
export function createKnowledge(http: HttpClient, sendUpload: SendUpload): Knowledge {
  const act = async (method: "POST" | "DELETE", path: string) => {
    await http.response({ method, path });
  };
  return {
    sources: (chatbotId, page = {}, signal) =>
      http.json({
        method: "GET",
        path: `${chatbotPath(chatbotId)}/sources`,
        query: { cursor: page.cursor, limit: page.limit },
        signal,
      }),
    source: (address, signal) => http.json({ method: "GET", path: sourcePath(address), signal }),
    createSource: (chatbotId, body) => http.json({ method: "POST", path: `${chatbotPath(chatbotId)}/sources`, body }),
    changeSource: (address, body) => http.json({ method: "PATCH", path: sourcePath(address), body }),
    deleteSource: (address) => act("DELETE", sourcePath(address)),
    fetchSource: (address) => act("POST", `${sourcePath(address)}/fetch`),
    retryFailed: (address) => act("POST", `${sourcePath(address)}/retry`),
    ...createDocuments(http, sendUpload, act),
    tryQuestion: (chatbotId, body, signal) =>
      http.json({ method: "POST", path: `${chatbotPath(chatbotId)}/retrieval`, body, signal }),
  };
}

type Documents = Omit<
  Knowledge,
  | "sources"
  | "source"
  | "createSource"
  | "changeSource"
  | "deleteSource"
  | "fetchSource"
  | "retryFailed"
  | "tryQuestion"
>;

function createDocuments(
  http: HttpClient,
  sendUpload: SendUpload,
  act: (method: "POST" | "DELETE", path: string) => Promise<void>,
): Documents {
  return {
    documents: (address, { cursor, limit, status } = {}, signal) =>
      http.json({
        method: "GET",
        path: `${sourcePath(address)}/documents`,
        query: { cursor, limit, status },
        signal,
      }),
    document: (address, signal) => http.json({ method: "GET", path: documentPath(address), signal }),
    upload: async (address, file, options = {}) => {
      const body = new FormData();
      body.append("files", file.content, file.name);
      const spec = { path: `${sourcePath(address)}/documents`, body, ...options };
      return readJson(await http.authorized((token) => sendUpload(spec, token)));
    },
    paste: (address, body) => http.json({ method: "POST", path: `${sourcePath(address)}/documents`, body }),
    retryDocument: (address) => act("POST", `${documentPath(address)}/retry`),
    cancelDocument: (address) => act("POST", `${documentPath(address)}/cancel`),
    deleteDocument: (address) => act("DELETE", documentPath(address)),
    content: async (address, signal) => {
      const path = `${documentPath(address)}/content`;
      return (await http.response({ method: "GET", path, accept: "*/*", signal })).blob();
    },
    passages: (address, page = {}, signal) =>
      http.json({
        method: "GET",
        path: `${documentPath(address)}/passages`,
        query: { cursor: page.cursor, limit: page.limit },
        signal,
      }),
  };
}

function chatbotPath(chatbotId: string): string {
  return `/api/v1/chatbots/${encodeURIComponent(chatbotId)}`;
}

function sourcePath({ chatbotId, sourceId }: SourceAddress): string {
  return `${chatbotPath(chatbotId)}/sources/${encodeURIComponent(sourceId)}`;
}

function documentPath(address: DocumentAddress): string {
  return `${sourcePath(address)}/documents/${encodeURIComponent(address.documentId)}`;
}
