import { Button } from "@mantine/core";
import { type ReactNode, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import styles from "./conversation.module.css";
import { useStickyScroll } from "./use-sticky-scroll.ts";

interface ConversationLayoutProps {
  /** Key of the oldest item shown: when it changes, older ones were added on top. */
  firstKey: string | undefined;
  /** Messages on their way: one more means that one was sent here, and the view follows it. */
  sentCount: number;
  banner: ReactNode;
  composer: ReactNode;
  children: ReactNode;
}

/** Messages that scroll, with the composer below and the banner between. */
export function ConversationLayout({ firstKey, sentCount, banner, composer, children }: ConversationLayoutProps) {
  const { t } = useTranslation();
  const { viewport, content, isAtBottom, jumpToLatest } = useStickyScroll(firstKey);
  useLayoutEffect(() => {
    if (sentCount > 0) jumpToLatest();
  }, [sentCount, jumpToLatest]);
  return (
    <>
      <section className={styles.viewport} ref={viewport} aria-label={t("chat.label")}>
        <div ref={content} className={styles.content}>
          {children}
        </div>
      </section>
      <div className={styles.foot}>
        <div className={styles.float}>
          {isAtBottom ? null : (
            <Button
              size="xs"
              radius="xl"
              variant="default"
              className={styles.jump ?? ""}
              leftSection={<Icon name="down" size={16} />}
              onClick={jumpToLatest}
            >
              {t("chat.jump")}
            </Button>
          )}
        </div>
        {banner}
        {composer}
      </div>
    </>
  );
}
