import { EvenkeelError } from "@evenkeel/sdk";
import { useCallback, useState } from "react";

const prefix = "evenkeel.wait";

/**
 * Until when the server asked to wait before the next message at a place (0 = no wait), and how to learn it from a
 * refusal. Kept through a reload: sending earlier would only be refused again.
 */
export function useWait(place: string): readonly [number, (error: unknown) => void] {
  const [until, setUntil] = useState(() => readWait(window.localStorage, place, Date.now()));
  const learn = useCallback(
    (error: unknown) => {
      // The breaker of a conversation is known by itself, and closes by itself.
      if (!(error instanceof EvenkeelError) || error.retryAfterSeconds === null || error.code === "circuit_open")
        return;
      const moment = Date.now() + error.retryAfterSeconds * 1000;
      setUntil(moment);
      try {
        window.localStorage.setItem(`${prefix}.${place}`, String(moment));
      } catch {
        // Storage is full or switched off: the wait is known as long as the page.
      }
    },
    [place],
  );
  return [until, learn];
}

/** The wait kept for a place; one that is over is forgotten. */
export function readWait(storage: Pick<Storage, "getItem" | "removeItem">, place: string, now: number): number {
  try {
    const until = Number(storage.getItem(`${prefix}.${place}`) ?? 0);
    if (until > now) return until;
    storage.removeItem(`${prefix}.${place}`);
  } catch {
    // Storage is switched off.
  }
  return 0;
}
