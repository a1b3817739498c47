const steps = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 30],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
] as const;

/** How long ago, or how long until: "3 minutes ago". */
export function formatRelative(at: number, now: number, language: string): string {
  let value = (at - now) / 1000;
  for (const [unit, size] of steps) {
    if (Math.abs(value) < size)
      return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(value), unit);
    value /= size;
  }
  return "";
}

/** The exact time, for who wants to know. */
export function formatExact(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }).format(at);
}
