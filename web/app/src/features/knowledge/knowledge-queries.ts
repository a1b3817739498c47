import {
  type DocumentStatus,
  type EvenkeelClient,
  type KnowledgeDocument,
  type KnowledgeSource,
  NotFoundError,
  type SourceAddress,
} from "@evenkeel/sdk";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { isSourceUnderWay, isUnderWay } from "./under-way.ts";

const pageSize = 50;
const mostPassagesOfPage = 100;
/** While something is under way; otherwise nothing changes by itself that somebody would wait for. */
const refreshMilliseconds = 1000;

/** Everything known of a chatbot's knowledge: what a change makes old. */
export function knowledgeKey(chatbotId: string) {
  return ["knowledge", chatbotId] as const;
}

/** The sources of a chatbot. */
export function sourcesQuery(client: EvenkeelClient, chatbotId: string) {
  return infiniteQueryOptions({
    queryKey: [...knowledgeKey(chatbotId), "sources"],
    queryFn: ({ pageParam, signal }) =>
      client.knowledge.sources(chatbotId, { cursor: pageParam, limit: pageSize }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state }) =>
      (state.data?.pages ?? []).some((page) => page.items.some(isSourceUnderWay)) ? refreshMilliseconds : false,
  });
}

/** One source. */
export function sourceQuery(client: EvenkeelClient, address: SourceAddress) {
  return queryOptions({
    queryKey: [...knowledgeKey(address.chatbotId), "source", address.sourceId],
    queryFn: ({ signal }) => client.knowledge.source(address, signal),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isSourceUnderWay(state.data) ? refreshMilliseconds : false,
  });
}

/** The documents of a source, or those in one state. They are looked at again as long as the source is at work. */
export function documentsQuery(client: EvenkeelClient, source: KnowledgeSource, status: DocumentStatus | undefined) {
  const address = { chatbotId: source.chatbot_id, sourceId: source.id };
  return infiniteQueryOptions({
    queryKey: [...knowledgeKey(source.chatbot_id), "documents", source.id, status ?? "all"],
    queryFn: ({ pageParam, signal }) =>
      client.knowledge.documents(address, { cursor: pageParam, limit: pageSize, status }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      isSourceUnderWay(source) || (state.data?.pages ?? []).some((page) => page.items.some(isUnderWay))
        ? refreshMilliseconds
        : false,
  });
}

/** A document; its source is looked for where the address does not name it. */
export function documentQuery(client: EvenkeelClient, chatbotId: string, documentId: string, sourceId: string | null) {
  return queryOptions({
    queryKey: [...knowledgeKey(chatbotId), "document", documentId],
    queryFn: ({ signal }) => findDocument(client, { chatbotId, documentId, sourceId }, signal),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? refreshMilliseconds : false),
  });
}

interface Sought {
  chatbotId: string;
  documentId: string;
  sourceId: string | null;
}

async function findDocument(
  client: EvenkeelClient,
  { chatbotId, documentId, sourceId }: Sought,
  signal: AbortSignal,
): Promise<KnowledgeDocument> {
  if (sourceId !== null) return client.knowledge.document({ chatbotId, sourceId, documentId }, signal);
  let missing: unknown;
  let cursor: string | undefined;
  do {
    const page = await client.knowledge.sources(chatbotId, { cursor, limit: pageSize }, signal);
    for (const source of page.items) {
      try {
        return await client.knowledge.document({ chatbotId, sourceId: source.id, documentId }, signal);
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
        missing = error;
      }
    }
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  throw missing;
}

/** The passages of a document, in its order. A document that is read anew has new ones. */
export function passagesQuery(client: EvenkeelClient, chatbotId: string, document: KnowledgeDocument) {
  const address = { chatbotId, sourceId: document.source_id, documentId: document.id };
  return infiniteQueryOptions({
    queryKey: [...knowledgeKey(chatbotId), "passages", document.id, document.status, document.passage_count],
    queryFn: ({ pageParam, signal }) =>
      client.knowledge.passages(address, { cursor: pageParam, limit: mostPassagesOfPage }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    enabled: document.passage_count > 0,
    placeholderData: keepPreviousData,
  });
}
