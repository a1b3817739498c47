import type { KnowledgeDocument } from "@evenkeel/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import { formatBytes } from "../../ui/format-bytes.ts";
import { useLanguageName } from "../../ui/language-name.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import styles from "./document.module.css";
import { DocumentActions } from "./document-actions.tsx";
import { DocumentProgress } from "./document-progress.tsx";
import { DocumentReason } from "./document-reason.tsx";
import { DocumentStatusBadge } from "./document-status.tsx";

interface DocumentHeadProps {
  chatbotId: string;
  document: KnowledgeDocument;
  onDeleted: () => void;
}

/** What a document is and how it is. */
export function DocumentHead({ chatbotId, document, onDeleted }: DocumentHeadProps) {
  const { t, i18n } = useTranslation();
  const languageName = useLanguageName();
  const number = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  return (
    <section className={styles.documentHead} aria-label={t("knowledge.document")}>
      <header>
        <h2>{document.title === "" ? document.file_name : document.title}</h2>
        <DocumentActions chatbotId={chatbotId} document={document} onDeleted={onDeleted} />
      </header>
      <DocumentStatusBadge status={document.status} />
      <DocumentProgress document={document} />
      <DocumentReason document={document} />
      <dl>
        <Fact name={t("knowledge.file")}>{document.file_name}</Fact>
        {document.url === undefined ? null : (
          <Fact name={t("knowledge.url")} isWide>
            <a href={document.url} target="_blank" rel="noopener noreferrer">
              {document.url}
            </a>
          </Fact>
        )}
        <Fact name={t("knowledge.passages")}>{number(document.passage_count)}</Fact>
        {document.embedded_passages === undefined ? null : (
          <Fact name={t("knowledge.embedded")}>{number(document.embedded_passages)}</Fact>
        )}
        {document.pages === undefined ? null : <Fact name={t("knowledge.pages")}>{number(document.pages)}</Fact>}
        <Fact name={t("knowledge.size")}>{formatBytes(document.bytes, i18n.language)}</Fact>
        <Fact name={t("knowledge.language")}>{languageName(document.language)}</Fact>
        <Fact name={t("knowledge.updated")}>
          <RelativeTime at={document.updated_at} />
        </Fact>
        <Fact name={t("knowledge.id")} isWide>
          <code>{document.id}</code> <CopyButton text={document.id} label={t("knowledge.copy_id")} />
        </Fact>
      </dl>
    </section>
  );
}

interface FactProps {
  name: string;
  /** Has a line of its own. */
  isWide?: boolean;
  children: ReactNode;
}

function Fact({ name, isWide = false, children }: FactProps) {
  return (
    <div data-wide={isWide || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
