import { createClient, createStorageLock, type EvenkeelClient, EvenkeelError, type Lock } from "@evenkeel/sdk";
import { QueryClient } from "@tanstack/react-query";
import { knowledgeKey } from "../features/knowledge/knowledge-queries.ts";
import { createUploads, type Uploads } from "../features/knowledge/uploads.ts";
import { currentLanguage } from "../i18n/i18n.ts";
import { createBrowserTokenStore } from "../session/browser-token-store.ts";
import { type SessionWatch, watchSession } from "../session/session-state.ts";
import { readAnew } from "../ui/read-anew.ts";
import { createRoutes } from "./routes.tsx";

/** What lives as long as the page. */
export interface Services {
  client: EvenkeelClient;
  queries: QueryClient;
  session: SessionWatch;
  uploads: Uploads;
  router: ReturnType<typeof createRoutes>;
}

export function createServices(): Services {
  const tokens = createBrowserTokenStore(window.localStorage, window);
  const session = watchSession(tokens);
  const queries = createQueries();
  // What one person saw must not flash up for the next.
  session.subscribe(() => {
    if (session.current() !== "signed_in") queries.clear();
  });
  const client = createClient({
    baseUrl: window.location.origin,
    tokenStore: tokens,
    locale: currentLanguage,
    lock: sharedLock(),
  });
  const uploads = createUploads({
    upload: client.knowledge.upload,
    onStored: ({ chatbotId }) => void readAnew(queries, knowledgeKey(chatbotId)),
  });
  session.subscribe(() => {
    if (session.current() !== "signed_in") uploads.clear();
  });
  return { client, queries, session, uploads, router: createRoutes() };
}

// Tabs share the tokens, so they take turns in refreshing them. Web Locks exist only over HTTPS and on the same machine.
function sharedLock(): Lock {
  if (!("locks" in navigator)) return createStorageLock(window.localStorage);
  return async (name, work) => navigator.locks.request(name, work) as ReturnType<typeof work>;
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && error instanceof EvenkeelError && error.retryable,
      },
    },
  });
}
