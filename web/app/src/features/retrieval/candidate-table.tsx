import type { RetrievalCandidate } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ScrollRegion } from "../../ui/markdown/code-block.tsx";
import { usePlaceText } from "../../ui/use-place-text.ts";
import { type RankingStep, standingAt, stepsOf } from "./candidate-steps.ts";
import styles from "./candidates.module.css";
import { FateBadge } from "./fate-badge.tsx";
import type { AddressOfPassage } from "./passage-target.ts";
import traceStyles from "./trace.module.css";

interface CandidateTableProps {
  candidates: readonly RetrievalCandidate[];
  addressOf: AddressOfPassage;
}

/** Every passage that was considered, how it stood at each step, and what became of it. */
export function CandidateTable({ candidates, addressOf }: CandidateTableProps) {
  const { t } = useTranslation();
  const steps = stepsOf(candidates);
  return (
    <section className={traceStyles.part} aria-label={t("retrieval.candidates")}>
      <h2>{t("retrieval.candidates")}</h2>
      {candidates.length === 0 ? (
        <p className={traceStyles.hint}>{t("retrieval.candidates_none")}</p>
      ) : (
        <div className={styles.table}>
          <ScrollRegion label={t("retrieval.candidates")}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("retrieval.passage")}</th>
                  {steps.map((step) => (
                    <th scope="col" key={step} className={styles.number}>
                      {t(`retrieval.column_${step}`)}
                    </th>
                  ))}
                  <th scope="col">{t("retrieval.fate")}</th>
                </tr>
              </thead>
              <tbody>
                {candidates.map((candidate) => (
                  <Row key={candidate.passage_id} candidate={candidate} steps={steps} addressOf={addressOf} />
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  candidate: RetrievalCandidate;
  steps: readonly RankingStep[];
  addressOf: AddressOfPassage;
}

function Row({ candidate, steps, addressOf }: RowProps) {
  const { t } = useTranslation();
  const placeText = usePlaceText();
  const { passage_id: passageId, document_id: documentId, source_id: sourceId } = candidate;
  const path = [candidate.title, ...candidate.heading_path].filter((part, at, all) => all.indexOf(part) === at);
  return (
    <tr data-fate={candidate.fate}>
      <th scope="row" className={styles.candidate}>
        <Link to={addressOf({ documentId, sourceId, passageId })}>{path.join(" › ")}</Link>
        <span className={styles.place}>{placeText(candidate.place)}</span>
        <span className={styles.snippet}>{candidate.snippet}</span>
      </th>
      {steps.map((step) => (
        <td key={step} className={styles.number}>
          <Standing candidate={candidate} step={step} />
        </td>
      ))}
      <td>
        <FateBadge candidate={candidate} />
        {candidate.masked === 0 ? null : (
          <span className={styles.masked}>{t("retrieval.masked", { count: candidate.masked })}</span>
        )}
      </td>
    </tr>
  );
}

function Standing({ candidate, step }: { candidate: RetrievalCandidate; step: RankingStep }) {
  const { t, i18n } = useTranslation();
  const standing = standingAt(candidate, step);
  if (standing === null) return <span className={styles.absent}>{t("retrieval.not_found")}</span>;
  return (
    <>
      <span className={styles.rank}>{t("retrieval.rank", { rank: standing.rank })}</span>
      {standing.score === null ? null : (
        <span className={styles.score}>
          {new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 3 }).format(standing.score)}
        </span>
      )}
    </>
  );
}
