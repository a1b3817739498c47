import { useEffect, useState } from "react";

/** `value`, but a change to something is only seen after it has lasted; a change back to undefined at once. */
export function useDelayed<T>(value: T | undefined, milliseconds: number): T | undefined {
  const [seen, setSeen] = useState<T>();
  useEffect(() => {
    if (value === undefined) {
      setSeen(undefined);
      return undefined;
    }
    const timer = setTimeout(() => setSeen(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return value === undefined ? undefined : seen;
}
