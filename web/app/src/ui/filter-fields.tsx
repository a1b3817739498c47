import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./records.module.css";

interface FilterFieldsProps {
  /** How many of them narrow the list. */
  inForce: number;
  /** The fields. */
  children: ReactNode;
}

/** The fields of a long filter above a list. On a small screen they are folded: who comes from a chart wants to see the list. */
export function FilterFields({ inForce, children }: FilterFieldsProps) {
  const { t } = useTranslation();
  const isNarrow = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false }) ?? false;
  const fields = <div className={styles.filters}>{children}</div>;
  if (!isNarrow) return fields;
  return (
    <details className={styles.fold}>
      <summary>{inForce === 0 ? t("list.filters") : t("list.filters_in_force", { count: inForce })}</summary>
      {fields}
    </details>
  );
}

/** How many members of a filter are set. */
export function inForce(filter: object): number {
  return Object.values(filter).filter((value) => value !== undefined).length;
}
