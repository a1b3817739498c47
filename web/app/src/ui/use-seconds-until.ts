import { useEffect, useState } from "react";

/** Whole seconds left until a moment (milliseconds since 1970), counting down to 0. */
export function useSecondsUntil(moment: number): number {
  const [seen, setSeen] = useState(() => ({ moment, now: Date.now() }));
  // Another moment is counted from now, not from when the last tick was.
  const current = seen.moment === moment ? seen : { moment, now: Date.now() };
  if (current !== seen) setSeen(current);
  const left = moment - current.now;
  useEffect(() => {
    if (left <= 0) return undefined;
    // At the full second, so that what waits for 0 does not wait longer.
    const rest = Math.max(0, moment - Date.now());
    const timer = setTimeout(() => setSeen({ moment, now: Date.now() }), rest === 0 ? 0 : rest % 1000 || 1000);
    return () => clearTimeout(timer);
  }, [left, moment]);
  return Math.max(0, Math.ceil(left / 1000));
}
