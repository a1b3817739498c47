import type {
  ChangeSourceRequest,
  CreateSourceRequest,
  KnowledgeSource,
  Visibility,
  WebMode,
  WebSourceRequest,
} from "@evenkeel/sdk";

/** Most pages a web source may fetch. */
export const mostPages = 1000;
export const longestName = 200;

/** What stands in the form of a source. */
export interface SourceFields {
  name: string;
  visibility: Visibility;
  /** Null = a source of files. */
  web: WebFields | null;
}

export interface WebFields {
  url: string;
  mode: WebMode;
  maxPages: string;
  /** Hours; empty = only when asked. */
  refreshHours: string;
}

export type SourceField = "name" | "url" | "maxPages";
export type SourceFieldProblem = "name_missing" | "url_wrong" | "max_pages_wrong";

export const newWebFields: WebFields = { url: "", mode: "page", maxPages: "50", refreshHours: "" };

/** The form of a source there is. */
export function fieldsOf({ name, visibility, web }: KnowledgeSource): SourceFields {
  return {
    name,
    visibility,
    web:
      web === undefined
        ? null
        : {
            url: web.url,
            mode: web.mode,
            maxPages: String(web.max_pages),
            refreshHours: web.refresh_hours === undefined ? "" : String(web.refresh_hours),
          },
  };
}

/** What is wrong, field by field, as far as can be said without asking the server. */
export function problemsOf({ name, web }: SourceFields): Partial<Record<SourceField, SourceFieldProblem>> {
  return {
    // A web source without a name is called by its address.
    ...(name.trim() === "" && web === null ? { name: "name_missing" as const } : {}),
    ...(web !== null && !isWebAddress(web.url) ? { url: "url_wrong" as const } : {}),
    ...(web !== null && web.mode !== "page" && !isPageCount(web.maxPages)
      ? { maxPages: "max_pages_wrong" as const }
      : {}),
  };
}

/** The request that makes the source. */
export function createRequest({ name, visibility, web }: SourceFields): CreateSourceRequest {
  return {
    ...(name.trim() === "" ? {} : { name: name.trim() }),
    visibility,
    ...(web === null ? {} : { web: webRequest(web) }),
  };
}

/** The request that changes only what is different: what a web source fetches stays untouched by a new name. */
export function changeRequest(before: SourceFields, after: SourceFields): ChangeSourceRequest {
  const name = after.name.trim();
  const isWebChanged = after.web !== null && JSON.stringify(after.web) !== JSON.stringify(before.web);
  return {
    ...(name === before.name || name === "" ? {} : { name }),
    ...(after.visibility === before.visibility ? {} : { visibility: after.visibility }),
    ...(isWebChanged && after.web !== null ? { web: webRequest(after.web) } : {}),
  };
}

function webRequest({ url, mode, maxPages, refreshHours }: WebFields): WebSourceRequest {
  return {
    url: url.trim(),
    mode,
    ...(mode === "page" ? {} : { max_pages: Number(maxPages) }),
    ...(refreshHours === "" ? {} : { refresh_hours: Number(refreshHours) }),
  };
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text.trim()) && URL.canParse(text.trim());
}

function isPageCount(text: string): boolean {
  return /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= mostPages;
}
