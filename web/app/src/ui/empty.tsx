import type { ReactNode } from "react";
import styles from "./empty.module.css";
import { Icon, type IconName } from "./icons.tsx";

interface EmptyProps {
  icon: IconName;
  title: string;
  text?: string;
  /** Buttons: what one can do now. */
  children?: ReactNode;
}

/** Nothing is there yet, and what to do about it. */
export function Empty({ icon, title, text, children }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <Icon name={icon} size={28} />
      <p className={styles.title}>{title}</p>
      {text === undefined ? null : <p>{text}</p>}
      {children === undefined ? null : <div className={styles.actions}>{children}</div>}
    </div>
  );
}
