import type { KnowledgeSource } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Icon } from "../../ui/icons.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemModal } from "../../ui/problem-modal.tsx";
import { readAnew } from "../../ui/read-anew.ts";
import { knowledgeKey } from "./knowledge-queries.ts";

/** Tries all failed documents of a source again; nothing where none failed. */
export function RetryFailed({ source }: { source: KnowledgeSource }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () => client.knowledge.retryFailed({ chatbotId: source.chatbot_id, sourceId: source.id }),
    onSuccess: () => readAnew(queries, knowledgeKey(source.chatbot_id)),
  });
  return (
    <>
      {source.documents.failed === 0 ? null : (
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="retry" size={15} />}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          {t("knowledge.retry_all", { count: source.documents.failed })}
        </Button>
      )}
      {retry.isError ? (
        <ProblemModal title={t("knowledge.retry")} problem={describeProblem(retry.error)} onClose={retry.reset} />
      ) : null}
    </>
  );
}
