import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";
import { knowledgeAddress } from "../features/knowledge/addresses.ts";
import { useClient } from "../session/client-context.ts";
import { Empty } from "../ui/empty.tsx";
import { Placeholder } from "../ui/placeholder.tsx";
import { describeProblem } from "../ui/problem.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { AdminPage } from "./admin-page.tsx";
import { chatbotsQuery } from "./chatbots-query.ts";

/** Leads to the knowledge of the organization's first chatbot. */
export function FirstKnowledgePage() {
  const { t } = useTranslation();
  const query = useQuery(chatbotsQuery(useClient()));
  const first = query.data?.items[0];
  if (first !== undefined) return <Navigate to={knowledgeAddress(first.id)} replace />;
  return (
    <AdminPage title={t("knowledge.title")}>
      {query.isPending ? <Placeholder heights={[96, 96]} /> : null}
      {query.isError ? (
        <ProblemNotice title={t("knowledge.chatbots_failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("knowledge.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isSuccess ? <Empty icon="book" title={t("knowledge.no_chatbot")} /> : null}
    </AdminPage>
  );
}
