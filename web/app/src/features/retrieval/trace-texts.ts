import type { RetrievalCandidate } from "@evenkeel/sdk";
import type { TFunction } from "i18next";

const warnings = {
  embeddings_not_configured: "retrieval.warning_embeddings_not_configured",
  embeddings_failed: "retrieval.warning_embeddings_failed",
  rerank_failed: "retrieval.warning_rerank_failed",
  vectors_incomplete: "retrieval.warning_vectors_incomplete",
  vectors_too_large: "retrieval.warning_vectors_too_large",
} as const;

/** The text of a warning; null for one that a newer server made up. */
export function warningKey(code: string): (typeof warnings)[keyof typeof warnings] | null {
  return isKnown(warnings, code) ? warnings[code] : null;
}

const steps = {
  lexical: "retrieval.step_lexical",
  vector: "retrieval.step_vector",
  fuse: "retrieval.step_fuse",
  rerank: "retrieval.step_rerank",
  filter: "retrieval.step_filter",
  compose: "retrieval.step_compose",
} as const;

/** The name of a step; null for one that a newer server made up. */
export function stepKey(name: string): (typeof steps)[keyof typeof steps] | null {
  return isKnown(steps, name) ? steps[name] : null;
}

const fates = {
  used: "retrieval.fate_used",
  merged: "retrieval.fate_merged",
  beyond_limit: "retrieval.fate_beyond_limit",
  below_threshold: "retrieval.fate_below_threshold",
  duplicate: "retrieval.fate_duplicate",
  other_language: "retrieval.fate_other_language",
  private_source: "retrieval.fate_private_source",
  deleted: "retrieval.fate_deleted",
  over_budget: "retrieval.fate_over_budget",
} as const;

/** What became of a candidate, in words. */
export function fateText(candidate: RetrievalCandidate, t: TFunction, language: string): string {
  const { fate, fate_value: value, coverage } = candidate;
  if (!isKnown(fates, fate)) return fate;
  const count = value ?? 0;
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  return t(fates[fate], { count, value: numbers.format(count), fit: numbers.format(coverage) });
}

function isKnown<Known extends object>(table: Known, key: string): key is Extract<keyof Known, string> {
  return Object.hasOwn(table, key);
}
