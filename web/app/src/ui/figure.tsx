import type { ReactNode } from "react";
import { Link } from "react-router";
import styles from "./figure.module.css";

interface FigureProps {
  name: string;
  /** What it leads to. */
  to?: string | undefined;
  tone?: "good" | "warning" | "danger" | undefined;
  /** Below it, such as the change against the period before. */
  note?: ReactNode;
  children: ReactNode;
}

/** Numbers side by side. */
export function Figures({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label}>
      <dl className={styles.figures}>{children}</dl>
    </section>
  );
}

/** One number with its name. */
export function Figure({ name, to, tone, note, children }: FigureProps) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd data-tone={tone}>{to === undefined ? children : <Link to={to}>{children}</Link>}</dd>
      {note === undefined || note === null ? null : <dd className={styles.note}>{note}</dd>}
    </div>
  );
}
