import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const nearBottomPixels = 48;

interface StickyScroll {
  /** The element that scrolls, and the growing content inside. */
  viewport: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  isAtBottom: boolean;
  jumpToLatest: () => void;
}

/**
 * Follows growing content while one is at its end, and leaves one alone while one reads further up. When something is
 * added on top (`firstKey` changes) what one reads stays where it is.
 */
export function useStickyScroll(firstKey: string | undefined): StickyScroll {
  const viewport = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const height = useRef(0);
  const top = useRef(firstKey);
  const [isAtBottom, setIsAtBottom] = useState(true);

  const jumpToLatest = useCallback(() => {
    isFollowing.current = true;
    setIsAtBottom(true);
    viewport.current?.scrollTo({ top: viewport.current.scrollHeight });
  }, []);

  useLayoutEffect(() => {
    const element = viewport.current;
    if (element === null) return;
    const grownOnTop = top.current !== undefined && top.current !== firstKey;
    if (grownOnTop && !isFollowing.current) element.scrollTop += element.scrollHeight - height.current;
    top.current = firstKey;
    height.current = element.scrollHeight;
  }, [firstKey]);

  useEffect(() => {
    const element = viewport.current;
    const inner = content.current;
    if (element === null || inner === null) return undefined;
    let lastTop = element.scrollTop;
    const onScroll = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < nearBottomPixels;
      // Growth makes the end move away before we follow it: only a scroll upwards counts as leaving.
      if (isNear) isFollowing.current = true;
      else if (element.scrollTop < lastTop) isFollowing.current = false;
      lastTop = element.scrollTop;
      setIsAtBottom(isFollowing.current);
    };
    const observer = new ResizeObserver(() => {
      height.current = element.scrollHeight;
      if (isFollowing.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(inner);
    observer.observe(element);
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", onScroll);
    };
  }, []);

  return { viewport, content, isAtBottom, jumpToLatest };
}
