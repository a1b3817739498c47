import type { MetricDescription } from "@evenkeel/sdk";
import type { Source } from "./analytics-queries.ts";

const label = "chatbot_id";

/** Sources as they are asked for while one chatbot is looked at. */
export interface Narrowed<S extends Source> {
  readonly sources: readonly S[];
  /** They could not be narrowed: what is shown is of all chatbots. */
  readonly isOfAll: boolean;
}

/** Narrows all sources of a chart to a chatbot, or, where one of them does not tell chatbots apart, none: a chart is about one thing. */
export function ofChatbot<S extends Source>(
  sources: readonly S[],
  metrics: readonly MetricDescription[],
  chatbotId: string | undefined,
): Narrowed<S> {
  if (chatbotId === undefined) return { sources, isOfAll: false };
  const tellsApart = (source: S) =>
    metrics.find(({ metric }) => metric === source.metric)?.labels.includes(label) === true;
  if (!sources.every(tellsApart)) return { sources, isOfAll: true };
  const own = { label, value: chatbotId };
  return {
    sources: sources.map((source) => ({ ...source, filters: [...(source.filters ?? []), own] })),
    isOfAll: false,
  };
}
