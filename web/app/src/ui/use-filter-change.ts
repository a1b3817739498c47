import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { withValue } from "./event-filter.ts";

/** Changes a value of a filter, which stands in the address; empty = not given. Typing leaves no steps to go back. */
export function useFilterChange(): (name: string, value: string) => void {
  const [, setSearch] = useSearchParams();
  return useCallback(
    (name, value) => setSearch((current) => withValue(current, name, value), { replace: true }),
    [setSearch],
  );
}
