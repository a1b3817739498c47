import { formatBytes } from "../format-bytes.ts";
import { formatDuration } from "../format-duration.ts";

export const units = ["count", "ms", "s", "tokens", "credits", "percent", "bytes", "score"] as const;

/** A unit as its texts are called; what is not known is a number. */
export function unitName(unit: string): (typeof units)[number] {
  return units.find((one) => one === unit) ?? "count";
}

/** Whether only whole numbers of it make sense on an axis. */
export function isWholeUnit(unit: string): boolean {
  return unit === "count" || unit === "tokens";
}

/** A measured value with its unit, exact enough to be read. */
export function formatValue(value: number, unit: string, language: string): string {
  switch (unit) {
    case "ms":
      return formatDuration(value, language);
    case "s":
      return formatDuration(value * 1000, language);
    case "bytes":
      return formatBytes(value, language);
    case "percent":
      return number(language, { style: "percent", maximumFractionDigits: 1 }).format(value / 100);
    case "score":
      return number(language, { maximumFractionDigits: 2 }).format(value);
    default:
      return number(language, { maximumFractionDigits: unit === "credits" ? 3 : 1 }).format(value);
  }
}

/** The same for the mark of an axis, where there is little room. */
export function formatMark(value: number, unit: string, language: string): string {
  if (unit === "count" || unit === "tokens" || unit === "credits") {
    return number(language, { notation: "compact", maximumFractionDigits: 2 }).format(value);
  }
  return value === 0 && (unit === "ms" || unit === "s" || unit === "bytes") ? "0" : formatValue(value, unit, language);
}

function number(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat(language, options);
}
