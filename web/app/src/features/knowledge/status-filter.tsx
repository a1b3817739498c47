import type { DocumentStatus, KnowledgeSource } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import styles from "./document.module.css";
import { statuses } from "./document-status.tsx";

/** Links to the documents in each state. */
export function StatusFilter({ source, current }: { source: KnowledgeSource; current: DocumentStatus | undefined }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const addressOf = (status: DocumentStatus | undefined) => {
    const next = new URLSearchParams(search);
    if (status === undefined) next.delete("status");
    else next.set("status", status);
    return `?${next}`;
  };
  const { ready, failed, cancelled } = source.documents;
  const counts: Partial<Record<DocumentStatus, number>> = { ready, failed, cancelled };
  return (
    <nav className={styles.filter} aria-label={t("knowledge.filter")}>
      <Link to={addressOf(undefined)} aria-current={current === undefined ? "true" : undefined} replace>
        {t("knowledge.all")} <span>{source.document_count}</span>
      </Link>
      {statuses.map((status) => (
        <Link key={status} to={addressOf(status)} aria-current={current === status ? "true" : undefined} replace>
          {t(`knowledge.status_${status}`)} {counts[status] === undefined ? null : <span>{counts[status]}</span>}
        </Link>
      ))}
    </nav>
  );
}
