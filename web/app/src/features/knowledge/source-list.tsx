import { type KnowledgeSource, NotFoundError } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Missing } from "../../ui/missing.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { AddSourceModal } from "./add-source-modal.tsx";
import { knowledgeAddress } from "./addresses.ts";
import { DropModal } from "./drop-modal.tsx";
import { DropOverlay } from "./drop-overlay.tsx";
import { sourcesQuery } from "./knowledge-queries.ts";
import styles from "./page.module.css";
import sourceStyles from "./source.module.css";
import { SourceCard } from "./source-card.tsx";
import { takesFiles } from "./source-kind.ts";
import type { ChosenFile } from "./uploads.ts";
import { useUploads } from "./uploads-context.ts";
import { useFileDrop } from "./use-file-drop.ts";

/** All sources of a chatbot. Files that are dropped here are asked for which source they are. */
export function SourceList({ chatbotId }: { chatbotId: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const uploads = useUploads();
  const query = useInfiniteQuery(sourcesQuery(useClient(), chatbotId));
  const sources = (query.data?.pages ?? []).flatMap((page) => page.items);
  const [isAdding, setIsAdding] = useState(false);
  const [dropped, setDropped] = useState<readonly ChosenFile[]>();
  const isOver = useFileDrop(query.data === undefined || isAdding || dropped !== undefined ? null : setDropped);
  const takeTo = (source: KnowledgeSource) => {
    uploads.add({ chatbotId, sourceId: source.id }, dropped ?? []);
    navigate(knowledgeAddress(chatbotId, source.id));
  };
  const add = (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setIsAdding(true)}>
      {t("knowledge.add_source")}
    </Button>
  );
  if (query.error instanceof NotFoundError) {
    return (
      <Missing title={t("knowledge.chatbot_gone")} text={t("knowledge.chatbot_gone_text")} to="/admin/knowledge">
        {t("knowledge.to_first_chatbot")}
      </Missing>
    );
  }
  return (
    <section className={styles.section} aria-label={t("knowledge.sources")}>
      {query.isError ? (
        <ProblemNotice title={t("knowledge.sources_failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("knowledge.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[96, 96]} /> : null}
      {query.data === undefined ? null : sources.length === 0 ? (
        <Empty icon="book" title={t("knowledge.sources_empty")} text={t("knowledge.sources_empty_text")}>
          {add}
        </Empty>
      ) : (
        <>
          <div className={styles.sectionHead}>
            <p className={styles.lead}>{t("knowledge.sources_lead")}</p>
            {add}
          </div>
          <ul className={sourceStyles.cards}>
            {sources.map((source) => (
              <SourceCard key={source.id} source={source} />
            ))}
          </ul>
        </>
      )}
      {query.hasNextPage ? (
        <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("knowledge.more")}
        </Button>
      ) : null}
      <DropOverlay isOver={isOver} text={t("knowledge.drop")} />
      {isAdding ? (
        <AddSourceModal
          chatbotId={chatbotId}
          onClose={() => setIsAdding(false)}
          onAdded={(source) => navigate(knowledgeAddress(chatbotId, source.id))}
        />
      ) : null}
      {dropped === undefined ? null : (
        <DropModal
          chatbotId={chatbotId}
          files={dropped}
          sources={sources.filter(takesFiles)}
          onClose={() => setDropped(undefined)}
          onChosen={takeTo}
        />
      )}
    </section>
  );
}
