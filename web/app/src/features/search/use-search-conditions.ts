import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { type Conditions, readConditions, withConditions } from "./search-conditions.ts";

/** What the address says is searched for, and how to change it; each change is a step one can go back from. */
export function useSearchConditions() {
  const [search, setSearch] = useSearchParams();
  const conditions = useMemo(() => readConditions(search), [search]);
  const change = useCallback(
    (changed: Partial<Conditions>) => setSearch((current) => withConditions(current, changed)),
    [setSearch],
  );
  return { conditions, change };
}
