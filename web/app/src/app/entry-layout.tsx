import type { ReactNode } from "react";
import { LanguageSwitch } from "../features/shell/language-switch.tsx";
import styles from "./pages.module.css";

/** The frame of the pages one sees before signing in. */
export function EntryLayout({ children }: { children: ReactNode }) {
  return (
    <div className={styles.entry}>
      <header className={styles.entryBar}>
        <LanguageSwitch />
      </header>
      <main className={styles.entryMain}>{children}</main>
    </div>
  );
}
