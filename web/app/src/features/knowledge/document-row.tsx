import type { KnowledgeDocument } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { formatBytes } from "../../ui/format-bytes.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { documentAddress } from "./addresses.ts";
import styles from "./document.module.css";
import { DocumentActions } from "./document-actions.tsx";
import { DocumentProgress } from "./document-progress.tsx";
import { DocumentReason } from "./document-reason.tsx";
import { DocumentStatusBadge } from "./document-status.tsx";

interface DocumentRowProps {
  chatbotId: string;
  document: KnowledgeDocument;
}

/** A document in the list: how it is, how far it is, and what can be done with it. */
export function DocumentRow({ chatbotId, document }: DocumentRowProps) {
  const { t, i18n } = useTranslation();
  const { id, source_id: sourceId, title, file_name: fileName, url } = document;
  return (
    <li className={styles.document} data-status={document.status}>
      <div className={styles.documentMain}>
        <h3>
          <Link to={documentAddress(chatbotId, { documentId: id, sourceId })}>{title === "" ? fileName : title}</Link>
        </h3>
        <p className={styles.origin}>
          {url === undefined ? (
            fileName
          ) : (
            <a href={url} target="_blank" rel="noopener noreferrer">
              {url}
            </a>
          )}
        </p>
      </div>
      <div className={styles.documentStatus}>
        <DocumentStatusBadge status={document.status} />
      </div>
      <ul className={styles.figures}>
        <li>{t("knowledge.passage_count", { count: document.passage_count })}</li>
        <li>{document.pages === undefined ? "" : t("knowledge.page_count", { count: document.pages })}</li>
        <li>{formatBytes(document.bytes, i18n.language)}</li>
        <li>
          <RelativeTime at={document.updated_at} />
        </li>
      </ul>
      <DocumentActions chatbotId={chatbotId} document={document} />
      {document.progress === undefined && document.reason === undefined ? null : (
        <div className={styles.below}>
          <DocumentProgress document={document} />
          <DocumentReason document={document} />
        </div>
      )}
    </li>
  );
}
