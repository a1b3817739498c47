import type { ReactNode } from "react";
import { LogoMark } from "../ui/logo.tsx";
import styles from "./pages.module.css";

/** A page that has only something to say. */
export function MessagePage({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main className={styles.center}>
      <div className={styles.message}>
        <div className={styles.mark}>
          <LogoMark size={48} />
        </div>
        <h1>{title}</h1>
        <p>{text}</p>
        {children}
      </div>
    </main>
  );
}
