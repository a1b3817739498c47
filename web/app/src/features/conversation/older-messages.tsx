import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./conversation.module.css";

/** Older messages are fetched this long before one gets to them. */
const aheadPixels = 600;

/** Loads older messages when one scrolls near the top; a button says so and works without scrolling. */
export function OlderMessages({ isLoading, onLoad }: { isLoading: boolean; onLoad: () => void }) {
  const { t } = useTranslation();
  const mark = useRef<HTMLDivElement>(null);
  const load = useRef(onLoad);
  useEffect(() => {
    load.current = onLoad;
  });
  useEffect(() => {
    const element = mark.current;
    if (element === null || isLoading) return undefined;
    // The margin counts from the edge of what scrolls, so that has to be the root.
    const root = element.closest("section");
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) load.current();
      },
      { root, rootMargin: `${aheadPixels}px 0px 0px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [isLoading]);
  return (
    <div ref={mark} className={styles.older}>
      <Button variant="subtle" color="gray" size="compact-sm" loading={isLoading} onClick={onLoad}>
        {t("chat.load_older")}
      </Button>
    </div>
  );
}
