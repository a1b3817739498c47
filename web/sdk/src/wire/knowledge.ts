import type { Wire } from "./wire.ts";

/** Where the documents of a source come from. */
export type SourceKind = "files" | "text" | "web" | "guide";

/** Who may get answers from a source: everybody, or members of the organization only. */
export type Visibility = "public" | "private";

/** How far a web source goes from its address. */
export type WebMode = "page" | "sitemap" | "crawl";

/** How the last fetch of a web source went. */
export type FetchStatus = "waiting" | "fetching" | "fetched" | "failed";

/** State of a document. */
export type DocumentStatus = "queued" | "processing" | "ready" | "failed" | "cancelled";

/** What is being done with a document. */
export type DocumentStage = "waiting" | "fetching" | "reading" | "splitting" | "storing" | "embedding";

/** Why something could not be done; `message` is in the reader's language. */
export type KnowledgeReason = Wire<"KnowledgeReason">;

/** How many documents of a source are in which state; `waiting` = queued or being processed. */
export type DocumentCounts = Wire<"DocumentCounts">;

/** What a web source fetches, and how the last fetch went. */
export type WebSource = Wire<"WebSource", { readonly mode: WebMode; readonly status: FetchStatus }>;

/** Where documents come from. */
export type KnowledgeSource = Wire<
  "KnowledgeSource",
  { readonly kind: SourceKind; readonly visibility: Visibility; readonly web?: WebSource }
>;

/** What a web source is to fetch. */
export type WebSourceRequest = Wire<"WebSourceRequest", { readonly url: string; readonly mode?: WebMode }>;

/** Body of `POST /api/v1/chatbots/{id}/sources`. */
export type CreateSourceRequest = Wire<
  "CreateSourceRequest",
  { readonly visibility?: Visibility; readonly web?: WebSourceRequest }
>;

/** Body of `PATCH …/sources/{source_id}`; absent members stay as they are. */
export type ChangeSourceRequest = Wire<
  "ChangeSourceRequest",
  { readonly visibility?: Visibility; readonly web?: WebSourceRequest }
>;

/** How far a document is. */
export type DocumentProgress = Wire<"DocumentProgress", { readonly stage: DocumentStage }>;

/** A document of a source. */
export type KnowledgeDocument = Wire<
  "KnowledgeDocument",
  { readonly status: DocumentStatus; readonly progress?: DocumentProgress }
>;

/** What became of one document of an upload. */
export type UploadedDocument = Wire<
  "UploadedDocument",
  { readonly document: KnowledgeDocument; readonly outcome: "created" | "replaced" | "unchanged" }
>;

/** Answer to an upload. */
export type UploadedDocuments = Wire<"UploadedDocuments", { readonly items: readonly UploadedDocument[] }>;

/** Answer to `POST …/sources/{source_id}/retry`. */
export type RetriedDocuments = Wire<"RetriedDocuments">;

/** Where a passage stands in the original document; only what the format has. */
export type PassagePlace = Wire<"PassagePlace">;

/** A passage of a document: what an answer cites. */
export type Passage = Wire<"Passage">;

/** As whom a question is tried. */
export type Audience = "member" | "visitor";

export type RetrievalStepName = "lexical" | "vector" | "fuse" | "rerank" | "filter" | "compose";

export interface RetrievalStep {
  readonly name: RetrievalStepName;
  readonly in: number;
  readonly out: number;
  readonly milliseconds: number;
}

export interface RetrievalCandidate {
  readonly passage_id: string;
  readonly document_id: string;
  readonly source_id: string;
  readonly title: string;
  readonly heading_path: readonly string[];
  readonly snippet: string;
  readonly place?: PassagePlace;
  readonly lexical_rank?: number;
  readonly lexical_score?: number;
  readonly vector_rank?: number;
  readonly vector_score?: number;
  readonly fused_rank?: number;
  readonly fused_score?: number;
  readonly rerank_rank?: number;
  readonly rerank_score?: number;
  readonly fate: string;
  readonly fate_value?: number;
  readonly masked: number;
}

export interface ContextPassage {
  readonly index: number;
  readonly passage_id: string;
  readonly passage_ids: readonly string[];
  readonly document_id: string;
  readonly title: string;
  readonly heading_path: readonly string[];
  readonly text: string;
  readonly tokens: number;
}

export interface RetrievalTrace {
  readonly question: string;
  readonly language: string;
  readonly terms: readonly string[];
  readonly expanded_terms: readonly string[];
  readonly indexed_passages: number;
  readonly warnings: readonly string[];
  readonly steps: readonly RetrievalStep[];
  readonly candidates: readonly RetrievalCandidate[];
  readonly is_answerable: boolean;
  readonly context: readonly ContextPassage[];
}
