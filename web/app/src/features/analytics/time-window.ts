/** Ranges one can choose by a name; lengths and steps are in seconds. */
export const ranges = {
  "1h": { length: 3_600, step: 60 },
  "24h": { length: 86_400, step: 900 },
  "7d": { length: 7 * 86_400, step: 7_200 },
  "30d": { length: 30 * 86_400, step: 86_400 },
} as const;

/** Name of a range; `own` = from and to are given. */
export type RangeName = keyof typeof ranges | "own";

/** What the page is about: times in milliseconds since 1970. */
export interface TimeWindow {
  readonly range: RangeName;
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
  /** Whether the period before is shown too. */
  readonly isCompared: boolean;
}

export const rangeNames: readonly RangeName[] = ["1h", "24h", "7d", "30d", "own"];

const usual = "24h";
const steps = [60, 300, 900, 3_600, 7_200, 21_600, 86_400] as const;
const mostSteps = 120;
/** Further back only hours and days are kept. */
const minuteDays = 13;

/** The time an address says, at a moment. Begins and ends at full steps, so that no first or last step is cut. */
export function readTimeWindow(search: URLSearchParams, now: number): TimeWindow {
  const isCompared = search.get("compare") === "true";
  const name = rangeNames.find((one) => one === search.get("range")) ?? usual;
  const own = name === "own" ? ownRange(search) : undefined;
  if (own !== undefined) return { range: "own", ...aligned(own.from, own.to, ownStep(own, now)), isCompared };
  const range = name === "own" ? usual : name;
  const { length, step } = ranges[range];
  const to = Math.floor(now / 1000 / step) * step + step;
  return { range, from: (to - length) * 1000, to: to * 1000, stepSeconds: step, isCompared };
}

function ownRange(search: URLSearchParams): { from: number; to: number } | undefined {
  const from = Date.parse(search.get("from") ?? "");
  const to = Date.parse(search.get("to") ?? "");
  return from < to ? { from, to } : undefined;
}

function ownStep({ from, to }: { from: number; to: number }, now: number): number {
  const finest = from < now - minuteDays * 86_400_000 ? 3_600 : 60;
  const fits = (step: number) => step >= finest && (to - from) / 1000 / step <= mostSteps;
  return steps.find(fits) ?? 7 * 86_400;
}

function aligned(from: number, to: number, stepSeconds: number): Pick<TimeWindow, "from" | "to" | "stepSeconds"> {
  const step = stepSeconds * 1000;
  return { from: Math.floor(from / step) * step, to: Math.ceil(to / step) * step, stepSeconds };
}
