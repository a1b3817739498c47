import { lazy, Suspense, useState } from "react";
import type { AnswerMarkdownProps } from "./answer-markdown.tsx";
import styles from "./markdown.module.css";

let loaded: typeof BareText | undefined;

async function load() {
  ({ AnswerMarkdown: loaded } = await import("./answer-markdown.tsx"));
  return loaded;
}

// An answer one can read as bare text is better than an error page, should the network fail just now.
const LateMarkdown = lazy(async () => ({ default: await load().catch(() => BareText) }));

/** Fetches the parser ahead of the first answer. */
export function prepareMarkdown(): void {
  load().catch(() => undefined);
}

/** Markdown whose parser is loaded apart from the page; the bare text stands in until it is there. */
export function MarkdownText(props: AnswerMarkdownProps) {
  // A lazy component shows its stand-in for a moment even when its code is there: the bare text would flash up.
  const [Markdown] = useState(() => loaded ?? LateMarkdown);
  return (
    <Suspense fallback={<BareText {...props} />}>
      <Markdown {...props} />
    </Suspense>
  );
}

function BareText({ text }: AnswerMarkdownProps) {
  return <div className={`${styles.prose} ${styles.bare}`}>{text}</div>;
}
