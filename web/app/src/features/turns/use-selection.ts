import { useState } from "react";

/** Which turns are chosen. Another filter shows others: nothing stays chosen that cannot be seen. */
export function useSelection(filterKey: string, shown: readonly string[]) {
  const nothing = { filterKey, chosen: [] as readonly string[], isAll: false };
  const [kept, setKept] = useState(nothing);
  const { chosen, isAll } = kept.filterKey === filterKey ? kept : nothing;
  const set = (next: readonly string[]) => setKept({ filterKey, chosen: next, isAll: false });
  return {
    chosen,
    isAll,
    set,
    isChosen: (id: string) => isAll || chosen.includes(id),
    choose: (id: string, isChosen: boolean) => {
      const others = (isAll ? shown : chosen).filter((one) => one !== id);
      set(isChosen ? [...others, id] : others);
    },
    chooseMatching: () => setKept({ filterKey, chosen: [], isAll: true }),
  };
}

/** What `useSelection` gives. */
export type TurnSelection = ReturnType<typeof useSelection>;
