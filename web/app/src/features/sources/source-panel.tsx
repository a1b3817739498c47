import { type Citation, NotFoundError, type Passage } from "@evenkeel/sdk";
import { ActionIcon, Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Icon } from "../../ui/icons.tsx";
import { MarkdownText } from "../../ui/markdown/markdown-text.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { usePlaceText } from "../../ui/use-place-text.ts";
import { passageQuery } from "./passage-query.ts";
import styles from "./sources.module.css";

interface SourcePanelProps {
  passageId: string;
  /** What the answer keeps of the passage; absent when the address was opened from elsewhere. */
  citation: Citation | undefined;
  /** Where the passage can be seen among its neighbours; absent for who may not go there. */
  addressOf: ((passage: Passage) => string) | undefined;
  onClose: () => void;
}

/** The cited passage, where it stands, and its text. */
export function SourcePanel({ passageId, citation, addressOf, onClose }: SourcePanelProps) {
  const { t } = useTranslation();
  const query = useQuery(passageQuery(useClient(), passageId));
  const place = query.data ?? citation;
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        <span className={styles.kind}>
          <Icon name="book" />
          {citation === undefined ? t("sources.label") : t("sources.title", { index: citation.index })}
        </span>
        <ActionIcon variant="subtle" color="gray" aria-label={t("sources.close")} onClick={onClose} size="lg">
          <Icon name="close" />
        </ActionIcon>
      </header>
      <div className={styles.body}>
        {place === undefined ? null : <Place title={place.title} headingPath={place.heading_path} />}
        {query.isPending ? <Placeholder /> : null}
        {query.isError ? <Missing citation={citation} error={query.error} onRetry={() => query.refetch()} /> : null}
        {query.data === undefined ? null : (
          <>
            <section className={styles.passage} aria-label={t("sources.passage")} lang={query.data.language}>
              <MarkdownText text={query.data.text} />
            </section>
            <Whereabouts passage={query.data} address={addressOf?.(query.data)} />
          </>
        )}
      </div>
    </div>
  );
}

function Place({ title, headingPath }: { title: string; headingPath: readonly string[] }) {
  const path = [title, ...headingPath].filter((part, at, all) => part !== "" && all.indexOf(part) === at);
  const last = path.at(-1);
  return (
    <>
      <p className={styles.path}>{path.slice(0, -1).join(" › ")}</p>
      <h2 className={styles.title}>{last}</h2>
    </>
  );
}

/** Where it stands in the original, and the ways there. */
function Whereabouts({ passage, address }: { passage: Passage; address: string | undefined }) {
  const { t } = useTranslation();
  const place = usePlaceText()(passage.place);
  return (
    <ul className={styles.whereabouts}>
      {place === null ? null : <li>{place}</li>}
      {passage.url === undefined ? null : (
        <li>
          <a href={passage.url} target="_blank" rel="noopener noreferrer">
            {passage.url}
          </a>
        </li>
      )}
      {address === undefined ? null : (
        <li>
          <Link to={address}>{t("sources.in_document")}</Link>
        </li>
      )}
    </ul>
  );
}

interface MissingProps {
  citation: Citation | undefined;
  error: unknown;
  onRetry: () => void;
}

function Missing({ citation, error, onRetry }: MissingProps) {
  const { t } = useTranslation();
  if (error instanceof NotFoundError && citation !== undefined) {
    return (
      <>
        <p className={styles.gone}>{t("sources.beginning")}</p>
        <blockquote className={styles.passage}>{citation.snippet}</blockquote>
      </>
    );
  }
  return (
    <ProblemNotice title={t("sources.failed")} problem={describeProblem(error)}>
      <Button size="xs" variant="default" onClick={onRetry}>
        {t("failure.retry")}
      </Button>
    </ProblemNotice>
  );
}

function Placeholder() {
  return (
    <div className={styles.placeholder} aria-hidden="true">
      {[96, 88, 92, 60].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} my={10} />
      ))}
    </div>
  );
}
