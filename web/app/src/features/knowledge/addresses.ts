/** Address of the knowledge of a chatbot: its sources, or one of them. */
export function knowledgeAddress(chatbotId: string, sourceId?: string): string {
  const search = sourceId === undefined ? "" : `?source=${sourceId}`;
  return `/admin/chatbots/${chatbotId}/knowledge${search}`;
}

/** A document, and what is to be shown of it. */
export interface DocumentTarget {
  documentId: string;
  /** Absent where it is not known; it is looked for then. */
  sourceId?: string | undefined;
  /** Is scrolled to and marked. */
  passageId?: string | undefined;
}

/** Address of a document's page. */
export function documentAddress(chatbotId: string, { documentId, sourceId, passageId }: DocumentTarget): string {
  const search = new URLSearchParams();
  if (sourceId !== undefined) search.set("source", sourceId);
  if (passageId !== undefined) search.set("passage", passageId);
  const text = search.toString();
  return `/admin/chatbots/${chatbotId}/knowledge/${documentId}${text === "" ? "" : `?${text}`}`;
}
