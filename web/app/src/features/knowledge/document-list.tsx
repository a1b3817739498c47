import type { DocumentStatus, KnowledgeSource } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import documentStyles from "./document.module.css";
import { DocumentRow } from "./document-row.tsx";
import { statuses } from "./document-status.tsx";
import { documentsQuery } from "./knowledge-queries.ts";
import styles from "./page.module.css";
import { RetryFailed } from "./retry-failed.tsx";
import { takesFiles } from "./source-kind.ts";
import { StatusFilter } from "./status-filter.tsx";

/** The documents of a source, or those in the state that the address names. Looks again by itself while anything is under way. */
export function DocumentList({ source }: { source: KnowledgeSource }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const status = statuses.find((one) => one === search.get("status"));
  const query = useInfiniteQuery(documentsQuery(useClient(), source, status));
  const documents = (query.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <section className={styles.section} aria-label={t("knowledge.documents")}>
      <div className={styles.sectionHead}>
        <StatusFilter source={source} current={status} />
        <RetryFailed source={source} />
      </div>
      {query.isError ? (
        <ProblemNotice title={t("knowledge.documents_failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("knowledge.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[64, 64, 64]} /> : null}
      {query.data !== undefined && documents.length === 0 ? <NoDocuments source={source} status={status} /> : null}
      {documents.length === 0 ? null : (
        <ul className={documentStyles.documents} aria-busy={query.isPlaceholderData}>
          {documents.map((document) => (
            <DocumentRow key={document.id} chatbotId={source.chatbot_id} document={document} />
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("knowledge.more")}
        </Button>
      ) : null}
    </section>
  );
}

function NoDocuments({ source, status }: { source: KnowledgeSource; status: DocumentStatus | undefined }) {
  const { t } = useTranslation();
  if (status !== undefined)
    return <Empty icon="file" title={t("knowledge.documents_none", { status: t(`knowledge.status_${status}`) })} />;
  return takesFiles(source) ? (
    <Empty icon="file" title={t("knowledge.documents_empty")} text={t("knowledge.documents_empty_files")} />
  ) : (
    <Empty icon="file" title={t("knowledge.documents_empty")} text={t("knowledge.documents_empty_web")} />
  );
}
