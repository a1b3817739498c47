import type { ChatThread } from "@evenkeel/sdk";
import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Icon } from "../../ui/icons.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { DeleteThreadModal } from "./delete-thread-modal.tsx";
import { groupByAge } from "./group-by-age.ts";
import { RecentItem } from "./recent-item.tsx";
import styles from "./recents.module.css";
import { RenameThreadModal } from "./rename-thread-modal.tsx";
import { recentsQuery, threadsOf } from "./thread-queries.ts";

interface RecentsListProps {
  currentId: string | undefined;
  /** After a click on a conversation: a drawer closes. */
  onNavigate: () => void;
  onDeleted: (threadId: string) => void;
}

/** New chat, and the conversations so far. */
export function RecentsList({ currentId, onNavigate, onDeleted }: RecentsListProps) {
  const { t } = useTranslation();
  const [renamed, setRenamed] = useState<ChatThread>();
  const [deleted, setDeleted] = useState<ChatThread>();
  return (
    <nav className={styles.recents} aria-label={t("recents.label")}>
      <Button
        component={Link}
        to="/chat"
        onClick={onNavigate}
        variant="default"
        justify="flex-start"
        leftSection={<Icon name="plus" />}
        className={styles.newChat ?? ""}
        aria-current={currentId === undefined ? "page" : undefined}
      >
        {t("recents.new_chat")}
      </Button>
      <Threads currentId={currentId} onNavigate={onNavigate} onRename={setRenamed} onDelete={setDeleted} />
      {renamed === undefined ? null : <RenameThreadModal thread={renamed} onClose={() => setRenamed(undefined)} />}
      {deleted === undefined ? null : (
        <DeleteThreadModal thread={deleted} onClose={() => setDeleted(undefined)} onDeleted={onDeleted} />
      )}
    </nav>
  );
}

interface ThreadsProps {
  currentId: string | undefined;
  onNavigate: () => void;
  onRename: (thread: ChatThread) => void;
  onDelete: (thread: ChatThread) => void;
}

function Threads({ currentId, onNavigate, onRename, onDelete }: ThreadsProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(recentsQuery(useClient()));
  const threads = threadsOf(query.data);
  if (query.isPending) return <Placeholder />;
  if (query.isError && threads.length === 0) {
    return (
      <ProblemNotice title={t("recents.failed")} problem={describeProblem(query.error)}>
        <Button size="xs" variant="default" onClick={() => query.refetch()}>
          {t("failure.retry")}
        </Button>
      </ProblemNotice>
    );
  }
  if (threads.length === 0) return <p className={styles.empty}>{t("recents.empty")}</p>;
  return (
    <div className={styles.list}>
      {groupByAge(threads, new Date()).map(([age, group]) => (
        <section key={age} aria-label={t(`recents.${age}`)}>
          <p className={styles.age} aria-hidden="true">
            {t(`recents.${age}`)}
          </p>
          <ul>
            {group.map((thread) => (
              <RecentItem
                key={thread.id}
                thread={thread}
                isCurrent={thread.id === currentId}
                onNavigate={onNavigate}
                onRename={() => onRename(thread)}
                onDelete={() => onDelete(thread)}
              />
            ))}
          </ul>
        </section>
      ))}
      {query.hasNextPage ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("recents.more")}
        </Button>
      ) : null}
    </div>
  );
}

function Placeholder() {
  return (
    <div className={styles.placeholder} aria-hidden="true">
      {[82, 64, 74, 58].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} my={12} />
      ))}
    </div>
  );
}
