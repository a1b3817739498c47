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

export interface KnowledgeReason {
  readonly code: string;
  readonly message: string;
}

export interface DocumentCounts {
  readonly ready: number;
  readonly waiting: number;
  readonly failed: number;
  readonly cancelled: number;
}

export interface WebSource {
  readonly url: string;
  readonly mode: WebMode;
  readonly max_pages: number;
  readonly refresh_hours?: number;
  readonly status: FetchStatus;
  readonly reason?: KnowledgeReason;
  readonly fetched_at?: string;
  readonly next_fetch_at?: string;
}

export interface KnowledgeSource {
  readonly id: string;
  readonly chatbot_id: string;
  readonly name: string;
  readonly kind: SourceKind;
  readonly visibility: Visibility;
  readonly document_count: number;
  readonly documents: DocumentCounts;
  readonly passage_count: number;
  readonly web?: WebSource;
  readonly created_at: string;
}

export interface WebSourceRequest {
  readonly url: string;
  readonly mode?: WebMode;
  readonly max_pages?: number;
  readonly refresh_hours?: number | null;
}

export interface CreateSourceRequest {
  readonly name?: string;
  readonly visibility?: Visibility;
  readonly web?: WebSourceRequest;
}

export interface ChangeSourceRequest {
  readonly name?: string;
  readonly visibility?: Visibility;
  readonly web?: WebSourceRequest;
}

export interface DocumentProgress {
  readonly stage: DocumentStage;
  readonly done: number;
  readonly total: number;
  readonly attempt: number;
}

export interface KnowledgeDocument {
  readonly id: string;
  readonly source_id: string;
  readonly title: string;
  readonly file_name: string;
  readonly url?: string;
  readonly language: string;
  readonly status: DocumentStatus;
  readonly reason?: KnowledgeReason;
  readonly progress?: DocumentProgress;
  readonly passage_count: number;
  readonly pages?: number;
  readonly embedded_passages?: number;
  readonly bytes: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface UploadedDocument {
  readonly document: KnowledgeDocument;
  readonly outcome: "created" | "replaced" | "unchanged";
}

export interface UploadedDocuments {
  readonly items: readonly UploadedDocument[];
}

export interface PassagePlace {
  readonly page?: number;
  readonly slide?: number;
  readonly sheet?: string;
  readonly first_row?: number;
  readonly last_row?: number;
  readonly anchor?: string;
}

export interface Passage {
  readonly id: string;
  readonly document_id: string;
  readonly title: string;
  readonly heading_path: readonly string[];
  readonly text: string;
  readonly language: string;
  readonly ordinal: number;
  readonly place?: PassagePlace;
  readonly url?: string;
}

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
