import type { ChatThread } from "@evenkeel/sdk";

export type Age = "today" | "yesterday" | "week" | "older";

/** Threads under the heading of their age, in the order given; ages without threads are left out. */
export function groupByAge(
  threads: readonly ChatThread[],
  now: Date,
): readonly (readonly [Age, readonly ChatThread[]])[] {
  const groups = new Map<Age, ChatThread[]>();
  for (const thread of threads) {
    const age = ageOf(new Date(thread.updated_at), now);
    groups.set(age, [...(groups.get(age) ?? []), thread]);
  }
  return [...groups];
}

function ageOf(time: Date, now: Date): Age {
  if (time >= midnight(now, 0)) return "today";
  if (time >= midnight(now, 1)) return "yesterday";
  return time >= midnight(now, 7) ? "week" : "older";
}

// By calendar days: a day may have 23 or 25 hours.
function midnight(now: Date, daysBefore: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysBefore);
}
