import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { CitationContext } from "./citation-context.ts";
import styles from "./markdown.module.css";

/** A small numbered button that opens the cited passage; while the answer is still written, only the number. */
export function CitationChip({ index }: { index: number }) {
  const { t } = useTranslation();
  const { citations, open } = useContext(CitationContext);
  const citation = citations.find((candidate) => candidate.index === index);
  if (citation === undefined) return <span className={styles.chip}>{index}</span>;
  const title = [citation.title, ...citation.heading_path].filter(isNew).join(" › ");
  return (
    <button
      type="button"
      className={styles.chip}
      title={title}
      aria-label={t("citation.open", { index, title })}
      onClick={() => open(citation)}
    >
      {index}
    </button>
  );
}

function isNew(part: string, at: number, all: readonly string[]): boolean {
  return part !== "" && all.indexOf(part) === at;
}
