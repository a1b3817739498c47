import type { KnowledgeDocument } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { DeleteModal } from "./delete-modal.tsx";

interface DeleteDocumentModalProps {
  chatbotId: string;
  document: KnowledgeDocument;
  onClose: () => void;
  onDeleted?: (() => void) | undefined;
}

/** Asks before a document is deleted, and says what will be lost. */
export function DeleteDocumentModal({ chatbotId, document, onClose, onDeleted }: DeleteDocumentModalProps) {
  const { t } = useTranslation();
  const client = useClient();
  const address = { chatbotId, sourceId: document.source_id, documentId: document.id };
  return (
    <DeleteModal
      title={t("knowledge.delete_document_title")}
      text={t("knowledge.delete_document_text", { name: document.title })}
      losses={[t("knowledge.passage_count", { count: document.passage_count })]}
      chatbotId={chatbotId}
      remove={() => client.knowledge.deleteDocument(address)}
      onClose={onClose}
      onDeleted={() => onDeleted?.()}
    />
  );
}
