import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { knowledgeAddress } from "../features/knowledge/addresses.ts";
import { useClient } from "../session/client-context.ts";
import { allChatbotsQuery } from "./chatbots-query.ts";

/** Chooses whose knowledge is shown; nothing where the organization has only one chatbot. */
export function ChatbotChooser({ chatbotId }: { chatbotId: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const chatbots = useQuery(allChatbotsQuery(useClient())).data ?? [];
  if (chatbots.length < 2) return null;
  return (
    <NativeSelect
      label={t("knowledge.chatbot")}
      maw={360}
      value={chatbotId}
      onChange={(event) => navigate(knowledgeAddress(event.currentTarget.value))}
      data={chatbots.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
