import type { Environment } from "../../src/environment.ts";

/** A clock that moves when told to. */
export interface ManualClock extends Pick<Environment, "now" | "schedule"> {
  /** Moves on, running in order what falls due. */
  advance(milliseconds: number): void;
  /** Milliseconds until the next scheduled call; null when there is none. */
  untilNext(): number | null;
}

export function createManualClock(): ManualClock {
  let now = Date.parse("2026-01-31T12:00:00.000Z");
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  const next = () =>
    timers.reduce<(typeof timers)[number] | null>((a, b) => (a !== null && a.at <= b.at ? a : b), null);
  return {
    now: () => now,
    schedule: (callback, milliseconds) => {
      const timer = { at: now + milliseconds, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (milliseconds) => {
      const end = now + milliseconds;
      for (let timer = next(); timer !== null && timer.at <= end; timer = next()) {
        const due = timer;
        now = Math.max(now, due.at);
        timers = timers.filter((other) => other !== due);
        due.callback();
      }
      now = end;
    },
    untilNext: () => {
      const timer = next();
      return timer === null ? null : timer.at - now;
    },
  };
}

/** Waits until a timer shorter than the response time-out is set (a retry's delay), then lets its time come. */
export async function passDelay(clock: ManualClock): Promise<void> {
  while ((clock.untilNext() ?? 30_000) >= 10_000) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(clock.untilNext() ?? 0);
}
