export type { Lock } from "./auth/lock.ts";
export { createLocalLock } from "./auth/lock.ts";
export type { LockStorage } from "./auth/storage-lock.ts";
export { createStorageLock } from "./auth/storage-lock.ts";
export type { StoredTokens, TokenStore } from "./auth/token-store.ts";
export { createMemoryTokenStore, parseStoredTokens } from "./auth/token-store.ts";
export type { Accounts } from "./client/accounts.ts";
export type { Alerts } from "./client/alerts.ts";
export type { Analytics, MetricLabel, SeriesSpec } from "./client/analytics.ts";
export type { Bulk } from "./client/bulk.ts";
export type { Catalogue, EventFilter, ImportOptions } from "./client/catalogue.ts";
export type { Chat } from "./client/chat.ts";
export type { Chatbots, Passages } from "./client/chatbots.ts";
export type { ClientOptions, EvenkeelClient } from "./client/create-client.ts";
export { createClient } from "./client/create-client.ts";
export type { Credits } from "./client/credits.ts";
export type { Documents, UploadOptions } from "./client/documents.ts";
export type { Keys } from "./client/keys.ts";
export type { Knowledge } from "./client/knowledge.ts";
export type { DocumentAddress, PageSpec, SourceAddress } from "./client/knowledge-address.ts";
export type { Operations, TurnFilter } from "./client/operations.ts";
export type { Search } from "./client/search.ts";
export type { Threads } from "./client/threads.ts";
export type { Timeline, TimelineFilter } from "./client/timeline.ts";
export type { Webhooks } from "./client/webhooks.ts";
export type { ClosedReason, ConnectionState, TransportKind } from "./connection/connection-state.ts";
export type { Conversation, ConversationSnapshot, SendOptions } from "./conversation/conversation.ts";
export type { ConversationBreaker } from "./conversation/conversation-breaker.ts";
export type { ConversationItem } from "./conversation/conversation-items.ts";
export { conversationItems } from "./conversation/conversation-items.ts";
export type { ConversationAction } from "./conversation/conversation-reducer.ts";
export { applyFrame, conversationReducer } from "./conversation/conversation-reducer.ts";
export type { ConversationState, LiveTurn, PendingSend, TurnPhase } from "./conversation/conversation-state.ts";
export { emptyConversation, stateFromSnapshot } from "./conversation/conversation-state.ts";
export type { OpenConversationOptions } from "./conversation/open-conversation.ts";
export type { CancelSchedule, Environment, OpenWebSocket, WebSocketLike, XmlHttpRequestLike } from "./environment.ts";
export { createRandomId } from "./environment.ts";
export type { ContractErrorCode, ErrorDefinition, ErrorLanguage, RetryAdvice } from "./errors/error-catalogue.ts";
export { errorCatalogue, errorDefinition } from "./errors/error-catalogue.ts";
export type { ErrorCode, ErrorFacts } from "./errors/evenkeel-error.ts";
export {
  AuthenticationError,
  BusyError,
  ConflictError,
  createError,
  EvenkeelError,
  ForbiddenError,
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  ServerError,
  TurnFailedError,
} from "./errors/evenkeel-error.ts";
export type { EventWatch, EventWatchOptions, EventWatchState } from "./timeline/watch-events.ts";
export type * from "./wire/access.ts";
export type * from "./wire/alert-receivers.ts";
export type * from "./wire/alerts.ts";
export type * from "./wire/analytics.ts";
export type * from "./wire/catalogue.ts";
export type * from "./wire/event-types.ts";
export type * from "./wire/frames.ts";
export type * from "./wire/knowledge.ts";
export type * from "./wire/message.ts";
export { parseFrame } from "./wire/parse-frame.ts";
export type * from "./wire/rest.ts";
export type * from "./wire/search.ts";
export type * from "./wire/timeline-event.ts";
export type * from "./wire/turns.ts";
export type * from "./wire/webhooks.ts";
