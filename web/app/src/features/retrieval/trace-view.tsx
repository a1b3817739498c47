import type { RetrievalTrace } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import { useLanguageName } from "../../ui/language-name.ts";
import { CandidateTable } from "./candidate-table.tsx";
import { ContextView } from "./context-view.tsx";
import { Funnel } from "./funnel.tsx";
import type { AddressOfPassage } from "./passage-target.ts";
import styles from "./trace.module.css";
import { warningKey } from "./trace-texts.ts";

interface TraceViewProps {
  trace: RetrievalTrace;
  addressOf: AddressOfPassage;
}

/** One look into the documents: the verdict, how the question was read, the steps, every candidate, and what the model would get. */
export function TraceView({ trace, addressOf }: TraceViewProps) {
  return (
    <>
      <Verdict trace={trace} />
      <Understanding trace={trace} />
      <Funnel steps={trace.steps} />
      <CandidateTable candidates={trace.candidates} addressOf={addressOf} />
      <ContextView context={trace.context} candidates={trace.candidates} addressOf={addressOf} />
    </>
  );
}

function Verdict({ trace }: { trace: RetrievalTrace }) {
  const { t } = useTranslation();
  return (
    <div className={styles.verdict} data-answerable={trace.is_answerable} role="status">
      <Icon name={trace.is_answerable ? "check" : "question"} size={22} />
      <div>
        <p className={styles.verdictTitle}>
          {trace.is_answerable
            ? t("retrieval.answerable", { count: trace.context.length })
            : t("retrieval.not_answerable")}
        </p>
        <p>{trace.is_answerable ? t("retrieval.answerable_text") : t("retrieval.not_answerable_text")}</p>
      </div>
    </div>
  );
}

function Understanding({ trace }: { trace: RetrievalTrace }) {
  const { t, i18n } = useTranslation();
  const languageName = useLanguageName();
  return (
    <section className={styles.part} aria-label={t("retrieval.understood")}>
      <h2>{t("retrieval.understood")}</h2>
      <dl className={styles.understood}>
        <div>
          <dt>{t("retrieval.language")}</dt>
          <dd>{languageName(trace.language)}</dd>
        </div>
        <div>
          <dt>{t("retrieval.terms")}</dt>
          <dd>
            <Words words={trace.terms} />
          </dd>
        </div>
        {trace.expanded_terms.length === 0 ? null : (
          <div>
            <dt>{t("retrieval.expanded")}</dt>
            <dd>
              <Words words={trace.expanded_terms} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t("retrieval.indexed")}</dt>
          <dd>{new Intl.NumberFormat(i18n.language).format(trace.indexed_passages)}</dd>
        </div>
      </dl>
      {trace.warnings.map((warning) => {
        const key = warningKey(warning);
        return (
          <p key={warning} className={styles.warning}>
            <Icon name="warning" size={16} />
            <span>{key === null ? warning : t(key)}</span>
          </p>
        );
      })}
    </section>
  );
}

function Words({ words }: { words: readonly string[] }) {
  const { t } = useTranslation();
  return words.length === 0 ? (
    t("retrieval.no_terms")
  ) : (
    <ul className={styles.words}>
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}
