import type { Citation } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import styles from "./messages.module.css";

interface CitedSourcesProps {
  /** Those of documents: events have their cards. */
  citations: readonly Citation[];
  text: string;
  onOpen: (citation: Citation) => void;
}

/** The sources an answer really names, in order, below it. */
export function CitedSources({ citations, text, onOpen }: CitedSourcesProps) {
  const { t } = useTranslation();
  const named = citations.filter((citation) => text.includes(`[${citation.index}]`));
  if (named.length === 0) return null;
  return (
    <ul className={styles.sources} aria-label={t("answer.sources")}>
      {named.map((citation) => (
        <li key={citation.index}>
          <button type="button" className={styles.source} onClick={() => onOpen(citation)} title={citation.snippet}>
            <span className={styles.sourceIndex}>{citation.index}</span>
            <span className={styles.sourceTitle}>{citation.heading_path.at(-1) ?? citation.title}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
