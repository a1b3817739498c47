import type { KnowledgeDocument, KnowledgeSource } from "@evenkeel/sdk";

/** Whether something is being done with a document, so that it will soon look different. */
export function isUnderWay(document: KnowledgeDocument): boolean {
  return document.status === "queued" || document.status === "processing";
}

/** Whether a source is being fetched, or has documents that something is being done with. */
export function isSourceUnderWay(source: KnowledgeSource): boolean {
  const { web, documents } = source;
  return documents.waiting > 0 || web?.status === "waiting" || web?.status === "fetching";
}
