import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./copy-button.tsx";
import { Icon } from "./icons.tsx";
import type { Problem } from "./problem.ts";
import styles from "./problem-notice.module.css";

interface ProblemNoticeProps {
  problem: Problem;
  title?: string;
  /** Buttons: what one can do now. */
  children?: ReactNode;
}

/** What happened, what to do, and the support code with a copy button. */
export function ProblemNotice({ problem, title, children }: ProblemNoticeProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.notice} role="alert">
      <span className={styles.icon}>
        <Icon name="warning" />
      </span>
      <div className={styles.body}>
        {title === undefined ? null : <p className={styles.title}>{title}</p>}
        <p>{problem.message}</p>
        {children === undefined ? null : <div className={styles.actions}>{children}</div>}
        {problem.supportCode === null ? null : (
          <p className={styles.support}>
            <span>{t("failure.support")}</span>
            <span className={styles.supportCode}>
              <code>{problem.supportCode}</code>
              <CopyButton text={problem.supportCode} label={t("failure.copy_support")} />
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
