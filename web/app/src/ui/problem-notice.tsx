import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "./notice.tsx";
import { type Problem, problemTexts } from "./problem.ts";

interface ProblemNoticeProps {
  problem: Problem;
  title?: string;
  /** Said elsewhere, or old: screen readers are not interrupted. */
  isQuiet?: boolean;
  /** Buttons: what one can do now. */
  children?: ReactNode;
}

/** A failure in words, with the ways out of it. */
export function ProblemNotice({ problem, title, isQuiet = false, children }: ProblemNoticeProps) {
  const { t, i18n } = useTranslation();
  const { text, action } = problemTexts(problem, t, i18n.language);
  return (
    <Notice title={title} text={text} action={action} supportCode={problem.supportCode} isQuiet={isQuiet}>
      {children}
    </Notice>
  );
}
