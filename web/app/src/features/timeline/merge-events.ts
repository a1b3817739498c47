import type { TimelineEvent } from "@evenkeel/sdk";

/** Events in order of `seq`, each once; what came later stands behind what was there. */
export function mergeEvents(known: readonly TimelineEvent[], more: readonly TimelineEvent[]): readonly TimelineEvent[] {
  let last = known.at(-1)?.seq ?? 0;
  const added: TimelineEvent[] = [];
  for (const event of more) {
    if (event.seq <= last) continue;
    added.push(event);
    last = event.seq;
  }
  return added.length === 0 ? known : [...known, ...added];
}
