import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./copy-button.tsx";
import { Icon } from "./icons.tsx";
import styles from "./notice.module.css";

export interface NoticeProps {
  title?: string | undefined;
  text: string;
  /** What to do. */
  action?: string | null;
  supportCode?: string | null;
  /** Said elsewhere, or old: screen readers are not interrupted. */
  isQuiet?: boolean;
  /** Buttons: what one can do now. */
  children?: ReactNode;
}

/** What happened, what to do, the ways to do it, and the support code with a copy button. */
export function Notice({ title, text, action = null, supportCode = null, isQuiet = false, children }: NoticeProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form; this groups a text and its buttons.
    <div className={styles.notice} role="group" aria-label={title ?? t("failure.label")}>
      <span className={styles.icon}>
        <Icon name="warning" />
      </span>
      <div className={styles.body}>
        {/* Buttons stand outside: a countdown in them must not be spoken every second. */}
        <div {...(isQuiet ? {} : { role: "alert" })}>
          {title === undefined ? null : <p className={styles.title}>{title}</p>}
          <p>{text}</p>
          {action === null ? null : <p className={styles.action}>{action}</p>}
        </div>
        {children === undefined || children === null ? null : <div className={styles.actions}>{children}</div>}
        {supportCode === null ? null : (
          <p className={styles.support}>
            <span>{t("failure.support")}</span>
            <span className={styles.supportCode}>
              <code>{supportCode}</code>
              <CopyButton text={supportCode} label={t("failure.copy_support")} />
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
