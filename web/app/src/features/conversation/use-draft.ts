import { useCallback, useEffect, useMemo, useState } from "react";
import { createDraftStore } from "./draft-store.ts";

/** Text being written at a place, kept with every key. */
export function useDraft(place: string): readonly [string, (text: string) => void] {
  const store = useMemo(() => createDraftStore(window.localStorage), []);
  const [text, setText] = useState(() => store.read(place));
  useEffect(() => setText(store.read(place)), [store, place]);
  const change = useCallback(
    (next: string) => {
      setText(next);
      store.write(place, next);
    },
    [store, place],
  );
  return [text, change];
}
