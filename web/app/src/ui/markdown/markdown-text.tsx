import { lazy, Suspense } from "react";
import type { AnswerMarkdownProps } from "./answer-markdown.tsx";
import styles from "./markdown.module.css";

const load = () => import("./answer-markdown.tsx");
const AnswerMarkdown = lazy(async () => ({ default: (await load()).AnswerMarkdown }));

/** Fetches the parser ahead of the first answer. */
export function prepareMarkdown(): void {
  load().catch(() => undefined);
}

/** Markdown whose parser is loaded apart from the page; the bare text stands in until it is there. */
export function MarkdownText(props: AnswerMarkdownProps) {
  return (
    <Suspense fallback={<div className={`${styles.prose} ${styles.bare}`}>{props.text}</div>}>
      <AnswerMarkdown {...props} />
    </Suspense>
  );
}
