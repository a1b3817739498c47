import { createLocalLock, type Lock } from "../auth/lock.ts";
import { createSession } from "../auth/session.ts";
import type { TokenStore } from "../auth/token-store.ts";
import type { Conversation } from "../conversation/conversation.ts";
import { type OpenConversationOptions, openConversation } from "../conversation/open-conversation.ts";
import { createEnvironment, type Environment } from "../environment.ts";
import { createHttpClient } from "../http/http-client.ts";
import { createSendRequest } from "../http/send-request.ts";
import { createSendUpload } from "../http/send-upload.ts";
import { type Accounts, createAccounts } from "./accounts.ts";
import { type Alerts, createAlerts } from "./alerts.ts";
import { type Analytics, createAnalytics } from "./analytics.ts";
import { type Bulk, createBulk } from "./bulk.ts";
import { type Catalogue, createCatalogue } from "./catalogue.ts";
import { type Chat, createChat } from "./chat.ts";
import { type Chatbots, createChatbots, createPassages, type Passages } from "./chatbots.ts";
import { type Credits, createCredits } from "./credits.ts";
import { createKeys, type Keys } from "./keys.ts";
import { createKnowledge, type Knowledge } from "./knowledge.ts";
import { createOperations, type Operations } from "./operations.ts";
import { createSearch, type Search } from "./search.ts";
import { createThreads, type Threads } from "./threads.ts";
import { createTimeline, type Timeline } from "./timeline.ts";
import { createWebhooks, type Webhooks } from "./webhooks.ts";

/** How to make a client. All that is absent is taken from the platform. */
export interface ClientOptions extends Partial<Environment> {
  /** Where the server is: `https://chat.example.com`, in a page served by it `location.origin`. */
  readonly baseUrl: string;
  readonly tokenStore: TokenStore;
  /** Must cover everybody who shares the token store: in browsers Web Locks. Default: this page only. */
  readonly lock?: Lock;
  /** Language of texts for a person, asked for at every request. Default: English. */
  readonly locale?: () => string;
}

/** Everything one can ask of an Evenkeel server. */
export interface EvenkeelClient {
  readonly accounts: Accounts;
  readonly alerts: Alerts;
  readonly analytics: Analytics;
  readonly bulk: Bulk;
  readonly catalogue: Catalogue;
  readonly chat: Chat;
  readonly chatbots: Chatbots;
  readonly credits: Credits;
  readonly keys: Keys;
  readonly knowledge: Knowledge;
  readonly operations: Operations;
  readonly passages: Passages;
  readonly search: Search;
  readonly threads: Threads;
  readonly timeline: Timeline;
  readonly webhooks: Webhooks;
  /** Opens a conversation and keeps it up to date until it is closed. */
  readonly openConversation: (threadId: string, options?: OpenConversationOptions) => Conversation;
}

/** Makes a client. */
export function createClient(options: ClientOptions): EvenkeelClient {
  const { tokenStore, lock = createLocalLock(), locale = () => "en", ...replaced } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const environment = createEnvironment(replaced);
  const send = createSendRequest({ baseUrl, environment, locale });
  const lockName = `evenkeel-token-refresh:${baseUrl}`;
  const session = createSession({ store: tokenStore, lock, lockName, environment, send });
  const http = createHttpClient(session, send);
  const chat = createChat(http, environment);
  const threads = createThreads(http);
  const sendUpload = createSendUpload({ baseUrl, environment, locale });
  const parts = { baseUrl, environment, session, http, chat, threads, tokenStore };
  return {
    accounts: createAccounts(session, tokenStore, send, http),
    alerts: createAlerts(http),
    analytics: createAnalytics(http),
    bulk: createBulk(http),
    catalogue: createCatalogue(http, sendUpload),
    chat,
    chatbots: createChatbots(http),
    credits: createCredits(http),
    keys: createKeys(http),
    knowledge: createKnowledge(http, sendUpload),
    operations: createOperations(http),
    passages: createPassages(http),
    search: createSearch(http),
    threads,
    timeline: createTimeline(parts, locale),
    webhooks: createWebhooks(http),
    openConversation: (threadId, conversationOptions) => openConversation(parts, threadId, conversationOptions),
  };
}
