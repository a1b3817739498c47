import { useCallback } from "react";
import { useSearchParams } from "react-router";

/** Changes values of a filter, which stands in the address; empty = not given. Typing leaves no steps to go back. */
export function useFilterChange(): (name: string, value: string) => void {
  const [, setSearch] = useSearchParams();
  return useCallback(
    (name, value) => setSearch((current) => withValue(current, name, value), { replace: true }),
    [setSearch],
  );
}

/** The address with a value changed; empty = not given. */
export function withValue(search: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  if (value === "") next.delete(name);
  else next.set(name, value);
  return next;
}
