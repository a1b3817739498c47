/** A time that something took, in milliseconds, as people read it: "120 ms", "1.2 s", "3 min 5 s". */
export function formatDuration(milliseconds: number, language: string): string {
  if (milliseconds < 1000) return unit(milliseconds < 10 ? 1 : 0, "millisecond", language).format(milliseconds);
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return unit(seconds < 9.95 ? 2 : 1, "second", language).format(seconds);
  const whole = Math.round(seconds);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(whole / 86_400), "day"],
    [Math.floor(whole / 3600) % 24, "hour"],
    [Math.floor(whole / 60) % 60, "minute"],
    [whole % 60, "second"],
  ];
  // Two units say enough: nobody wants the seconds of a day.
  const first = parts.findIndex(([value]) => value > 0);
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, name]) => unit(0, name, language).format(value))
    .join(" ");
}

function unit(digits: number, name: string, language: string): Intl.NumberFormat {
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: name,
    unitDisplay: "short",
    maximumFractionDigits: digits,
  });
}
