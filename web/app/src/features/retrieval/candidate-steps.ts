import type { RetrievalCandidate } from "@evenkeel/sdk";

/** Rank and score of a candidate at one step; null = the step did not find it. */
export interface Standing {
  rank: number;
  score: number | null;
}

/** The steps that rank, in their order. */
export const rankingSteps = ["lexical", "vector", "fused", "rerank"] as const;
export type RankingStep = (typeof rankingSteps)[number];

/** How a candidate stood at a step. */
export function standingAt(candidate: RetrievalCandidate, step: RankingStep): Standing | null {
  const rank = candidate[`${step}_rank`];
  return rank === undefined ? null : { rank, score: candidate[`${step}_score`] ?? null };
}

/** The steps that ranked any of them: a column of a step that did not run would only take room. */
export function stepsOf(candidates: readonly RetrievalCandidate[]): readonly RankingStep[] {
  return rankingSteps.filter((step) => candidates.some((candidate) => standingAt(candidate, step) !== null));
}
