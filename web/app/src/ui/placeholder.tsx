import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./placeholder.module.css";

/** Stands in for what is being loaded, after a moment: a quick answer must not flash it. Heights are in pixels. */
export function Placeholder({ heights }: { heights: readonly number[] }) {
  const { t } = useTranslation();
  return (
    <div className={styles.late} role="status" aria-label={t("app.loading")}>
      {heights.map((height, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the placeholders have nothing else, and never move.
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </div>
  );
}
