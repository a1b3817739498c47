const sizes = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Seconds as people write spans in rules: "5m", "1h", "90s". */
export function spanText(seconds: number): string {
  if (seconds === 0) return "0s";
  const unit = (["d", "h", "m"] as const).find((one) => seconds % sizes[one] === 0) ?? "s";
  return `${seconds / sizes[unit]}${unit}`;
}

/** Reads such a span; a number alone is seconds. Undefined = is none. */
export function readSpan(text: string): number | undefined {
  const match = /^(\d+)\s*([smhd]?)$/.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const unit = match[2] === "" ? "s" : (match[2] as keyof typeof sizes);
  return Number(match[1]) * sizes[unit];
}
