import { type KnowledgeSource, NotFoundError, type SourceAddress } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Missing } from "../../ui/missing.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { Trail } from "../../ui/trail.tsx";
import { AddDocuments } from "./add-documents.tsx";
import { knowledgeAddress } from "./addresses.ts";
import { Announcement } from "./announcement.tsx";
import { DocumentList } from "./document-list.tsx";
import { DropOverlay } from "./drop-overlay.tsx";
import { sourceQuery } from "./knowledge-queries.ts";
import styles from "./source.module.css";
import { SourceActions } from "./source-actions.tsx";
import { SourceFacts } from "./source-facts.tsx";
import { takesFiles } from "./source-kind.ts";
import { UploadList } from "./upload-list.tsx";
import { useUploads } from "./uploads-context.ts";
import { useFileDrop } from "./use-file-drop.ts";
import { VisibilityBadge } from "./visibility-badge.tsx";

/** One source: its facts, files on their way to it, and its documents. */
export function SourceView({ address }: { address: SourceAddress }) {
  const { t } = useTranslation();
  const query = useQuery(sourceQuery(useClient(), address));
  const sources = { to: knowledgeAddress(address.chatbotId), label: t("knowledge.sources") };
  if (query.error instanceof NotFoundError) {
    return (
      <Missing title={t("knowledge.source_gone")} text={t("knowledge.source_gone_text")} to={sources.to}>
        {t("knowledge.to_sources")}
      </Missing>
    );
  }
  return (
    <>
      <Trail parents={[sources]} current={query.data?.name ?? "…"} />
      {query.isError ? (
        <ProblemNotice title={t("knowledge.source_failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("knowledge.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[88, 200]} /> : null}
      {query.data === undefined ? null : <Source source={query.data} />}
    </>
  );
}

function Source({ source }: { source: KnowledgeSource }) {
  const { t } = useTranslation();
  const uploads = useUploads();
  const [isDialogOpen, setIsDialogOpen] = useState(false);
  const address = { chatbotId: source.chatbot_id, sourceId: source.id };
  const canTake = takesFiles(source);
  const isOver = useFileDrop(canTake && !isDialogOpen ? (files) => uploads.add(address, files) : null);
  return (
    <>
      <section className={styles.sourceHead} aria-label={t("knowledge.source")}>
        <div className={styles.cardBody}>
          <div className={styles.cardHead}>
            <h2>{source.name}</h2>
            <VisibilityBadge visibility={source.visibility} />
          </div>
          <p className={styles.kind}>
            {source.web === undefined ? (
              t(`knowledge.kind_${source.kind}`)
            ) : (
              <a href={source.web.url} target="_blank" rel="noopener noreferrer">
                {source.web.url}
              </a>
            )}
          </p>
          <SourceFacts source={source} />
          <p className={styles.explain}>{t(`knowledge.${source.visibility}_text`)}</p>
        </div>
        <SourceActions source={source} />
      </section>
      {canTake ? <AddDocuments source={source} onDialog={setIsDialogOpen} /> : null}
      <UploadList sourceId={source.id} />
      <Announcement source={source} />
      <DocumentList source={source} />
      <DropOverlay isOver={isOver} text={t("knowledge.drop_here", { name: source.name })} />
    </>
  );
}
