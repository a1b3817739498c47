import type { Citation, Identity } from "@evenkeel/sdk";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { type Location, useLocation, useNavigate, useOutletContext, useParams, useSearchParams } from "react-router";
import { ConversationView } from "../features/conversation/conversation-view.tsx";
import { NewConversation, type StartedConversation } from "../features/conversation/new-conversation.tsx";
import { CreditBalance } from "../features/credits/credit-balance.tsx";
import { RecentsList } from "../features/recents/recents-list.tsx";
import { recentsQuery, threadQuery, threadsOf } from "../features/recents/thread-queries.ts";
import { AccountMenu } from "../features/shell/account-menu.tsx";
import { Navigation } from "../features/shell/navigation.tsx";
import { Shell } from "../features/shell/shell.tsx";
import { useClient } from "../session/client-context.ts";
import { readAnew } from "../ui/read-anew.ts";
import { useDocumentTitle } from "../ui/use-document-title.ts";
import { keepAbout, readAbout, withoutAbout } from "./about-results.ts";
import { chatbotsQuery } from "./chatbots-query.ts";
import { isAdministrator, useAdminLinks, useCatalogueLinks, useOperationsEntry } from "./use-admin-links.ts";
import { useSignOut } from "./use-sign-out.ts";
import { useSourcePanel } from "./use-source-panel.tsx";

/** Recents, a conversation, and the passage that is being looked at. */
export function ChatPage() {
  const { t } = useTranslation();
  const identity = useOutletContext<Identity>();
  const { thread: threadId } = useParams();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const catalogueLinks = useCatalogueLinks();
  const adminLinks = [...useAdminLinks(identity), useOperationsEntry(identity)];
  const { panel, open } = useSourcePanel(useManagedChatbot(threadId, isAdministrator(identity)));
  const title = useTitle(threadId);
  useDocumentTitle(title);
  return (
    <Shell
      title={title}
      skip={t("app.skip")}
      menu={t("recents.label")}
      panel={panel}
      account={
        <>
          <CreditBalance isLinked={isAdministrator(identity)} />
          <AccountMenu identity={identity} onSignOut={signOut} />
        </>
      }
      sidebar={(close) => (
        <>
          <RecentsList
            currentId={threadId}
            onNavigate={close}
            onDeleted={(deletedId) => (deletedId === threadId ? navigate("/chat", { replace: true }) : undefined)}
          />
          <Navigation label={t("catalogue.title")} links={catalogueLinks} onNavigate={close} />
          {isAdministrator(identity) ? (
            <Navigation label={t("admin.label")} links={adminLinks} onNavigate={close} />
          ) : null}
        </>
      )}
    >
      <h2 className="visually-hidden">{t("chat.label")}</h2>
      <Conversation key={threadId ?? "new"} threadId={threadId} userId={identity.user.id} onOpenCitation={open} />
    </Shell>
  );
}

interface ConversationProps {
  threadId: string | undefined;
  userId: string;
  onOpenCitation: (citation: Citation) => void;
}

function Conversation({ threadId, userId, onOpenCitation }: ConversationProps) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { state, pathname, search } = useLocation() as Location<{ started?: StartedConversation } | null>;
  const bots = useQuery(chatbotsQuery(useClient()));
  const bot = bots.data?.items[0];
  // What happens in a conversation moves it up in the list, and costs something.
  const refreshAround = useCallback(() => {
    void readAnew(queries, ["threads"]);
    void readAnew(queries, ["credits"]);
  }, [queries]);
  const { about, removeAbout } = useAbout();
  const hasStarted = state?.started !== undefined && threadId !== undefined;
  useEffect(() => {
    // The history keeps its state through a reload, which must not play the first message again.
    if (hasStarted) navigate(pathname + search, { replace: true, state: null });
  }, [hasStarted, navigate, pathname, search]);
  if (threadId === undefined) {
    return (
      <NewConversation
        userId={userId}
        bot={bots.isPending ? "loading" : bot && { id: bot.id, name: bot.name, welcomeMessage: bot.welcome_message }}
        about={about}
        onRemoveAbout={removeAbout}
        onStarted={(started) =>
          navigate(
            { pathname: `/chat/${started.response.thread_id}`, search: `${keepAbout(new URLSearchParams(search))}` },
            { state: { started } },
          )
        }
      />
    );
  }
  return (
    <ConversationView
      threadId={threadId}
      userId={userId}
      botName={bot?.name ?? ""}
      firstSend={state?.started?.response.thread_id === threadId ? state.started : undefined}
      onOpenCitation={onOpenCitation}
      onActivity={refreshAround}
      about={about}
      onRemoveAbout={removeAbout}
    />
  );
}

/** The results that the address says questions are about; it survives a reload, and is the same for who gets the link. */
function useAbout() {
  const [search, setSearch] = useSearchParams();
  const removeAbout = useCallback(() => setSearch((current) => withoutAbout(current), { replace: true }), [setSearch]);
  return { about: readAbout(search), removeAbout };
}

/** The chatbot of a thread, for who may look into what it knows. */
function useManagedChatbot(threadId: string | undefined, isManager: boolean): string | undefined {
  const client = useClient();
  const recents = useInfiniteQuery(recentsQuery(client));
  const listed = threadsOf(recents.data).find((one) => one.id === threadId)?.chatbot_id;
  const thread = useQuery({
    ...threadQuery(client, threadId ?? ""),
    enabled: isManager && threadId !== undefined && listed === undefined && recents.isSuccess,
  });
  return isManager ? (listed ?? thread.data?.chatbot_id) : undefined;
}

function useTitle(threadId: string | undefined): string {
  const { t } = useTranslation();
  const recents = useInfiniteQuery(recentsQuery(useClient()));
  if (threadId === undefined) return t("title.new_chat");
  const thread = threadsOf(recents.data).find((one) => one.id === threadId);
  return thread === undefined ? t("chat.label") : thread.title === "" ? t("recents.untitled") : thread.title;
}
