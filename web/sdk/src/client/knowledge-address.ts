/** Address of a source. */
export interface SourceAddress {
  readonly chatbotId: string;
  readonly sourceId: string;
}

/** Address of a document. */
export interface DocumentAddress extends SourceAddress {
  readonly documentId: string;
}

/** Path of a chatbot. */
export function chatbotPath(chatbotId: string): string {
  return `/api/v1/chatbots/${encodeURIComponent(chatbotId)}`;
}

/** Path of a source. */
export function sourcePath({ chatbotId, sourceId }: SourceAddress): string {
  return `${chatbotPath(chatbotId)}/sources/${encodeURIComponent(sourceId)}`;
}

/** Path of a document. */
export function documentPath(address: DocumentAddress): string {
  return `${sourcePath(address)}/documents/${encodeURIComponent(address.documentId)}`;
}

/** Which part of a list. */
export interface PageSpec {
  readonly cursor?: string | undefined;
  readonly limit?: number;
}
