import type { Element } from "hast";
import { memo, type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import Markdown, { type Components } from "react-markdown";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { CitationChip } from "./citation-chip.tsx";
import { CodeBlock, ScrollRegion } from "./code-block.tsx";
import styles from "./markdown.module.css";
import { rehypeCitations } from "./rehype-citations.ts";
import { rehypeImagesAsLinks } from "./rehype-images-as-links.ts";
import { rehypeRawAsText } from "./rehype-raw-as-text.ts";
import { BlockSplitter } from "./split-blocks.ts";

export interface AnswerMarkdownProps {
  text: string;
  /** Numbers that stand for a citation; `any` while an answer is written and its citations are not known yet. */
  citationIndexes?: readonly number[] | "any";
}

/** An answer as Markdown: sanitized, split into blocks of which only the growing one is rendered again. */
export function AnswerMarkdown({ text, citationIndexes = [] }: AnswerMarkdownProps) {
  const [splitter] = useState(() => new BlockSplitter());
  const blocks = useMemo(() => splitter.split(text), [splitter, text]);
  // A string is equal to itself in the next frame, a set is not: memoized blocks stay memoized.
  const known = citationIndexes === "any" ? "any" : citationIndexes.join(",");
  return (
    <div className={styles.prose}>
      {blocks.map((block) => (
        <Block key={block.offset} text={block.text} known={known} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ text, known }: { text: string; known: string }) {
  const indexes = known === "any" ? known : new Set(known === "" ? [] : known.split(",").map(Number));
  return (
    <Markdown
      remarkPlugins={[remarkGfm]}
      rehypePlugins={[
        rehypeRawAsText,
        rehypeImagesAsLinks,
        [rehypeSanitize, schema],
        [rehypeCitations, { known: indexes }],
      ]}
      components={components}
    >
      {text}
    </Markdown>
  );
});

const schema = { ...defaultSchema, tagNames: (defaultSchema.tagNames ?? []).filter((name) => name !== "img") };

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  cite: ({ node }) => <CitationChip index={Number(node?.properties.dataIndex)} />,
  pre: ({ node, children }) => {
    const code = node?.children[0];
    return code?.type === "element" ? (
      <CodeBlock text={textOf(code)} {...languageOf(code)}>
        <pre>{children}</pre>
      </CodeBlock>
    ) : (
      <pre>{children}</pre>
    );
  },
  h1: ({ children }) => <Heading level={1}>{children}</Heading>,
  h2: ({ children }) => <Heading level={2}>{children}</Heading>,
  h3: ({ children }) => <Heading level={3}>{children}</Heading>,
  h4: ({ children }) => <Heading level={4}>{children}</Heading>,
  h5: ({ children }) => <Heading level={5}>{children}</Heading>,
  h6: ({ children }) => <Heading level={6}>{children}</Heading>,
  table: ({ children }) => <Table>{children}</Table>,
};

// Headings of an answer stand below the headings of the page: those of an answer itself are of level 3.
function Heading({ level, children }: { level: number; children: ReactNode }) {
  const Tag = level === 1 ? "h4" : level === 2 ? "h5" : "h6";
  return <Tag data-level={Math.min(level, 3)}>{children}</Tag>;
}

function Table({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <ScrollRegion label={t("answer.table")}>
      <table>{children}</table>
    </ScrollRegion>
  );
}

function textOf(element: Element): string {
  return element.children.map((child) => (child.type === "text" ? child.value : "")).join("");
}

function languageOf(element: Element): { language?: string } {
  const names = element.properties.className;
  const name = Array.isArray(names) ? names.find((one) => String(one).startsWith("language-")) : undefined;
  return name === undefined ? {} : { language: String(name).slice("language-".length) };
}
