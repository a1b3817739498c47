import type { TurnSummary } from "@evenkeel/sdk";

/** Milliseconds of a turn; undefined = not known yet. */
export interface TurnTimes {
  waited: number | undefined;
  worked: number | undefined;
}

/** How long a turn waited for a worker, and how long it was worked on. */
export function turnTimes(turn: Pick<TurnSummary, "queued_at" | "started_at" | "ended_at">): TurnTimes {
  const queued = Date.parse(turn.queued_at);
  const ended = turn.ended_at === undefined ? undefined : Date.parse(turn.ended_at);
  const started = turn.started_at === undefined ? undefined : Date.parse(turn.started_at);
  // One that ended without a worker, because it was stopped in the queue, waited until then.
  const waitedUntil = started ?? ended;
  return {
    waited: waitedUntil === undefined ? undefined : Math.max(0, waitedUntil - queued),
    worked: started === undefined || ended === undefined ? undefined : Math.max(0, ended - started),
  };
}
