import { useEffect, useRef, useState } from "react";
import { chosenFromDrop } from "./chosen-files.ts";
import type { ChosenFile } from "./uploads.ts";

/** Lets files be dropped anywhere on the page; tells whether some are held over it. Null = they may not now. */
export function useFileDrop(onDrop: ((files: readonly ChosenFile[]) => void) | null): boolean {
  const [isOver, setIsOver] = useState(false);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });
  const isOn = onDrop !== null;
  useEffect(() => {
    if (!isOn) return undefined;
    // Every element on the way fires its own pair: the page is left when all that was entered was left.
    let depth = 0;
    const show = (next: number) => {
      depth = Math.max(0, next);
      setIsOver(depth > 0);
    };
    const listen = (type: "dragenter" | "dragleave" | "dragover" | "drop", handle: (event: DragEvent) => void) => {
      const listener = (event: DragEvent) => {
        if (event.dataTransfer?.types.includes("Files") === true) handle(event);
      };
      window.addEventListener(type, listener);
      return () => window.removeEventListener(type, listener);
    };
    const stops = [
      listen("dragenter", () => show(depth + 1)),
      listen("dragleave", () => show(depth - 1)),
      // Otherwise the browser opens the file instead of the page.
      listen("dragover", (event) => event.preventDefault()),
      listen("drop", (event) => {
        event.preventDefault();
        show(0);
        if (event.dataTransfer !== null) latest.current?.(chosenFromDrop(event.dataTransfer));
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      setIsOver(false);
    };
  }, [isOn]);
  return isOver;
}
