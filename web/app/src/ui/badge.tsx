import type { ReactNode } from "react";
import styles from "./badge.module.css";
import { Icon, type IconName } from "./icons.tsx";

export type BadgeTone = "good" | "warning" | "danger" | "accent" | "neutral";

interface BadgeProps {
  tone: BadgeTone;
  icon: IconName;
  /** More about it, for who points at it. */
  title?: string;
  children: ReactNode;
}

/** A state, by sign and word as well as by colour. */
export function Badge({ tone, icon, title, children }: BadgeProps) {
  return (
    <span className={styles.badge} data-tone={tone} title={title}>
      <Icon name={icon} size={14} />
      {children}
    </span>
  );
}
