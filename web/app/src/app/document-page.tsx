import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { DocumentView } from "../features/knowledge/document-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** One document of a chatbot with its passages. */
export function DocumentPage() {
  const { t } = useTranslation();
  const { chatbot = "", document = "" } = useParams();
  return (
    <AdminPage title={t("knowledge.title")}>
      <DocumentView key={document} chatbotId={chatbot} documentId={document} />
    </AdminPage>
  );
}
