import type { KnowledgeSource } from "@evenkeel/sdk";
import { ActionIcon, Menu } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Icon } from "../../ui/icons.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemModal } from "../../ui/problem-modal.tsx";
import { readAnew } from "../../ui/read-anew.ts";
import { knowledgeAddress } from "./addresses.ts";
import { ChangeSourceModal } from "./change-source-modal.tsx";
import { DeleteSourceModal } from "./delete-source-modal.tsx";
import { knowledgeKey } from "./knowledge-queries.ts";
import { isSourceUnderWay } from "./under-way.ts";

/** The menu of a source. */
export function SourceActions({ source }: { source: KnowledgeSource }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [opened, setOpened] = useState<"change" | "delete">();
  const address = { chatbotId: source.chatbot_id, sourceId: source.id };
  const fetchNow = useMutation({
    mutationFn: () => client.knowledge.fetchSource(address),
    onSuccess: () => readAnew(queries, knowledgeKey(source.chatbot_id)),
  });
  const isBeingFetched = source.web !== undefined && source.web.status !== "fetched" && source.web.status !== "failed";
  return (
    <>
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("knowledge.actions", { name: source.name })}
            loading={fetchNow.isPending}
          >
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {source.web === undefined ? null : (
            <Menu.Item
              leftSection={<Icon name="retry" size={16} />}
              disabled={isBeingFetched && isSourceUnderWay(source)}
              onClick={() => fetchNow.mutate()}
            >
              {t("knowledge.fetch_now")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Icon name="pencil" size={16} />} onClick={() => setOpened("change")}>
            {t("knowledge.change")}
          </Menu.Item>
          <Menu.Item color="red.8" leftSection={<Icon name="trash" size={16} />} onClick={() => setOpened("delete")}>
            {t("knowledge.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {fetchNow.isError ? (
        <ProblemModal
          title={t("knowledge.fetch_now")}
          problem={describeProblem(fetchNow.error)}
          onClose={fetchNow.reset}
        />
      ) : null}
      {opened === "change" ? <ChangeSourceModal source={source} onClose={() => setOpened(undefined)} /> : null}
      {opened === "delete" ? (
        <DeleteSourceModal
          source={source}
          onClose={() => setOpened(undefined)}
          onDeleted={() => navigate(knowledgeAddress(source.chatbot_id), { replace: true })}
        />
      ) : null}
    </>
  );
}
