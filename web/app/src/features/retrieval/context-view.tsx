import type { ContextPassage, RetrievalCandidate } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import styles from "./context.module.css";
import type { AddressOfPassage } from "./passage-target.ts";
import traceStyles from "./trace.module.css";

interface ContextViewProps {
  context: readonly ContextPassage[];
  /** They know the source of each passage. */
  candidates: readonly RetrievalCandidate[];
  addressOf: AddressOfPassage;
}

/** The passages as the model would get them. */
export function ContextView({ context, candidates, addressOf }: ContextViewProps) {
  const { t, i18n } = useTranslation();
  if (context.length === 0) return null;
  const number = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  const total = context.reduce((sum, passage) => sum + passage.tokens, 0);
  const addressOfContext = ({ document_id: documentId, passage_id: passageId }: ContextPassage) =>
    addressOf({
      documentId,
      passageId,
      sourceId: candidates.find((candidate) => candidate.document_id === documentId)?.source_id,
    });
  return (
    <section className={traceStyles.part} aria-label={t("retrieval.context")}>
      <h2>{t("retrieval.context")}</h2>
      <p className={traceStyles.hint}>{t("retrieval.context_text", { tokens: number(total) })}</p>
      <ol className={styles.context}>
        {context.map((passage) => (
          <li key={passage.passage_id}>
            <header>
              <span className={styles.index}>[{passage.index}]</span>
              <Link to={addressOfContext(passage)}>{[passage.title, ...passage.heading_path].join(" › ")}</Link>
              <span className={styles.tokens}>
                {passage.passage_ids.length < 2
                  ? null
                  : `${t("retrieval.merged", { count: passage.passage_ids.length })} · `}
                {t("retrieval.tokens", { tokens: number(passage.tokens) })}
              </span>
            </header>
            <p className={styles.text}>{passage.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
