import type { HttpClient } from "../http/http-client.ts";
import { readJson } from "../http/send-request.ts";
import type { SendUpload } from "../http/send-upload.ts";
import type { DocumentStatus, KnowledgeDocument, Passage, UploadedDocuments } from "../wire/knowledge.ts";
import type { Page } from "../wire/rest.ts";
import {
  type DocumentAddress,
  documentPath,
  type PageSpec,
  type SourceAddress,
  sourcePath,
} from "./knowledge-address.ts";

/** How an upload is watched and ended. */
export interface UploadOptions {
  /** How much of the file has gone out, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Documents of a source; changing them is for owners and administrators. */
export interface Documents {
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
  /** Reads it again. */
  retryDocument(address: DocumentAddress): Promise<KnowledgeDocument>;
  /** Does not read it any further. */
  cancelDocument(address: DocumentAddress): Promise<KnowledgeDocument>;
  deleteDocument(address: DocumentAddress): Promise<void>;
  /** The file as it came in. */
  content(address: DocumentAddress, signal?: AbortSignal): Promise<Blob>;
  /** In the document's order. */
  passages(address: DocumentAddress, page?: PageSpec, signal?: AbortSignal): Promise<Page<Passage>>;
}

/** Makes the documents part of the knowledge. */
export function createDocuments(http: HttpClient, sendUpload: SendUpload): Documents {
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
    retryDocument: (address) => http.json({ method: "POST", path: `${documentPath(address)}/retry` }),
    cancelDocument: (address) => http.json({ method: "POST", path: `${documentPath(address)}/cancel` }),
    deleteDocument: async (address) => {
      await http.response({ method: "DELETE", path: documentPath(address) });
    },
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
