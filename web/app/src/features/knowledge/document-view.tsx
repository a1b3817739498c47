import { type KnowledgeDocument, NotFoundError } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Missing } from "../../ui/missing.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { Trail } from "../../ui/trail.tsx";
import { knowledgeAddress } from "./addresses.ts";
import { DocumentHead } from "./document-head.tsx";
import { documentQuery, sourceQuery } from "./knowledge-queries.ts";
import { PassageList } from "./passage-list.tsx";
import { UploadList } from "./upload-list.tsx";

interface DocumentViewProps {
  chatbotId: string;
  documentId: string;
}

/** A document of a chatbot with all its passages. */
export function DocumentView({ chatbotId, documentId }: DocumentViewProps) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const query = useQuery(documentQuery(useClient(), chatbotId, documentId, search.get("source")));
  if (query.error instanceof NotFoundError) {
    return (
      <Missing
        title={t("knowledge.document_gone")}
        text={t("knowledge.document_gone_text")}
        to={knowledgeAddress(chatbotId)}
      >
        {t("knowledge.to_sources")}
      </Missing>
    );
  }
  return (
    <>
      {query.isError ? (
        <ProblemNotice title={t("knowledge.document_failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("knowledge.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[96, 120, 120]} /> : null}
      {query.data === undefined ? null : <Document chatbotId={chatbotId} document={query.data} />}
    </>
  );
}

function Document({ chatbotId, document }: { chatbotId: string; document: KnowledgeDocument }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const source = useQuery(sourceQuery(useClient(), { chatbotId, sourceId: document.source_id }));
  const sourceAddress = knowledgeAddress(chatbotId, document.source_id);
  const parents = [
    { to: knowledgeAddress(chatbotId), label: t("knowledge.sources") },
    { to: sourceAddress, label: source.data?.name ?? t("knowledge.source") },
  ];
  return (
    <>
      <Trail parents={parents} current={document.title === "" ? document.file_name : document.title} />
      <DocumentHead
        chatbotId={chatbotId}
        document={document}
        onDeleted={() => navigate(sourceAddress, { replace: true })}
      />
      <UploadList sourceId={document.source_id} />
      <PassageList chatbotId={chatbotId} document={document} />
    </>
  );
}
