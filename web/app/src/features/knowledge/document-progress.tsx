import type { KnowledgeDocument } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import styles from "./document.module.css";

/** How far a document is; nothing when nothing is being done with it. */
export function DocumentProgress({ document }: { document: KnowledgeDocument }) {
  const { t, i18n } = useTranslation();
  const { progress } = document;
  if (progress === undefined) return null;
  const { stage, done, total, attempt } = progress;
  const number = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  const parts = [
    t(`knowledge.stage_${stage}`),
    total === 0 ? null : t("knowledge.progress_of", { done: number(done), total: number(total) }),
    // The first attempt is nothing to speak of.
    attempt <= 1 ? null : t("knowledge.attempt", { attempt }),
  ];
  return (
    <div className={styles.progress}>
      <p>{parts.filter((part) => part !== null).join(" · ")}</p>
      {document.status === "processing" ? (
        <ProgressBar
          label={t("knowledge.progress", { title: document.title })}
          fraction={total === 0 ? undefined : done / total}
        />
      ) : null}
    </div>
  );
}
