import { type RefObject, useEffect, useRef } from "react";

/** Puts the cursor into the composer of a conversation just opened; not on touch screens, where a keyboard would pop up. */
export function useComposerFocus(): RefObject<HTMLTextAreaElement | null> {
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (window.matchMedia("(pointer: fine)").matches) input.current?.focus({ preventScroll: true });
  }, []);
  return input;
}
