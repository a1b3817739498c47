import type { KnowledgeDocument } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import styles from "./page.module.css";

/** Why a document failed, or why its new content could not be read while the old one goes on answering. */
export function DocumentReason({ document }: { document: KnowledgeDocument }) {
  const { t } = useTranslation();
  if (document.reason === undefined) return null;
  const { code, message } = document.reason;
  // Without vectors nothing is wrong with the content.
  const isOldContent = document.passage_count > 0 && code !== "embeddings_unavailable";
  return (
    <p className={styles.reason}>
      <Icon name="warning" size={16} />
      <span>{isOldContent ? t("knowledge.reason_replaced", { reason: message }) : message}</span>
    </p>
  );
}
