import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../copy-button.tsx";
import styles from "./markdown.module.css";

/** Code with its language and a copy button; long lines scroll inside, never the page. */
export function CodeBlock({ language, text, children }: { language?: string; text: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={styles.code}>
      <div className={styles.codeHead}>
        <span>{language}</span>
        <CopyButton text={text} label={t("copy.code")} />
      </div>
      <ScrollRegion label={t("answer.code")}>{children}</ScrollRegion>
    </div>
  );
}

/** A part that scrolls sideways; it takes focus so that a keyboard can scroll it. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs focus.
    <div role="group" className={styles.scroll} aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
