import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./conversation.module.css";

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
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) load.current();
    });
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
