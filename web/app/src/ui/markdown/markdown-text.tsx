import { lazy, Suspense } from "react";
import type { AnswerMarkdownProps } from "./answer-markdown.tsx";
import styles from "./markdown.module.css";

const load = () => import("./answer-markdown.tsx");
// An answer one can read as bare text is better than an error page, should the network fail just now.
const AnswerMarkdown = lazy(async () => ({
  default: await load().then(
    (module) => module.AnswerMarkdown,
    () => BareText,
  ),
}));

/** Fetches the parser ahead of the first answer. */
export function prepareMarkdown(): void {
  load().catch(() => undefined);
}

/** Markdown whose parser is loaded apart from the page; the bare text stands in until it is there. */
export function MarkdownText(props: AnswerMarkdownProps) {
  return (
    <Suspense fallback={<BareText {...props} />}>
      <AnswerMarkdown {...props} />
    </Suspense>
  );
}

function BareText({ text }: AnswerMarkdownProps) {
  return <div className={`${styles.prose} ${styles.bare}`}>{text}</div>;
}
