import type { ChartTimes } from "./chart-line.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const spacings = [
  minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
];
const daySpacings = [day, 2 * day, 7 * day, 14 * day, 28 * day];

/** Which steps carry a mark on the time axis: at full hours and days of whoever looks, at most `most` of them. */
export function timeMarks({ at, stepMilliseconds }: ChartTimes, most: number): readonly number[] {
  const first = at[0];
  const last = at.at(-1);
  if (first === undefined || last === undefined) return [];
  const range = last - first + stepMilliseconds;
  const spacing =
    [...spacings, ...daySpacings].find((one) => one >= stepMilliseconds && range / one <= most) ?? 28 * day;
  return at.flatMap((time, index) => {
    const before = index === 0 ? time - stepMilliseconds : (at[index - 1] ?? time);
    return span(time, spacing, stepMilliseconds) === span(before, spacing, stepMilliseconds) ? [] : [index];
  });
}

/** Which of the spans between marks a time lies in. */
function span(time: number, spacing: number, step: number): number {
  return Math.floor((time - zoneOffset(time, step)) / spacing);
}

// Steps of a day begin at midnight UTC, wherever one looks from.
function zoneOffset(time: number, step: number): number {
  return step >= day ? 0 : new Date(time).getTimezoneOffset() * minute;
}

/** The text of a mark: a day where marks are days apart, otherwise a time of day. */
export function markText(marks: readonly number[], times: ChartTimes, index: number, language: string): string {
  const time = times.at[index] ?? 0;
  const gap = ((marks[1] ?? 1) - (marks[0] ?? 0)) * times.stepMilliseconds;
  const zone = times.stepMilliseconds >= day ? { timeZone: "UTC" } : {};
  const shape: Intl.DateTimeFormatOptions =
    gap >= day || isMidnight(time, times.stepMilliseconds)
      ? { month: "short", day: "numeric" }
      : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(language, { ...shape, ...zone }).format(time);
}

function isMidnight(time: number, step: number): boolean {
  return (time - zoneOffset(time, step)) % day === 0;
}

/** The time of a step in words: from when until when. */
export function stepText({ at, stepMilliseconds }: ChartTimes, index: number, language: string): string {
  const from = at[index] ?? 0;
  if (stepMilliseconds >= day) {
    const format = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", timeZone: "UTC" });
    return `${format.format(from)} (UTC)`;
  }
  const format = new Intl.DateTimeFormat(language, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return format.formatRange(from, from + stepMilliseconds);
}
