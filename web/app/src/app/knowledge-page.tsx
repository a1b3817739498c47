import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { documentAddress } from "../features/knowledge/addresses.ts";
import { KnowledgeView } from "../features/knowledge/knowledge-view.tsx";
import { TryQuestion } from "../features/retrieval/try-question.tsx";
import { AdminPage } from "./admin-page.tsx";
import { ChatbotChooser } from "./chatbot-chooser.tsx";

const documents = "documents";
const question = "question";

/** What a chatbot answers from, and a question to try on it. */
export function KnowledgePage() {
  const { t } = useTranslation();
  const { chatbot = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  return (
    <AdminPage title={t("knowledge.title")}>
      <ChatbotChooser chatbotId={chatbot} />
      <Tabs
        key={chatbot}
        value={search.get("tab") === question ? question : documents}
        onChange={(tab) => setSearch(tab === question ? { tab } : {})}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value={documents}>{t("knowledge.tab_documents")}</Tabs.Tab>
          <Tabs.Tab value={question}>{t("knowledge.tab_question")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={documents}>
          <KnowledgeView chatbotId={chatbot} />
        </Tabs.Panel>
        <Tabs.Panel value={question}>
          <TryQuestion chatbotId={chatbot} addressOf={(target) => documentAddress(chatbot, target)} />
        </Tabs.Panel>
      </Tabs>
    </AdminPage>
  );
}
