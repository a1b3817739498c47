import type { KnowledgeSource } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { DeleteModal } from "./delete-modal.tsx";

interface DeleteSourceModalProps {
  source: KnowledgeSource;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before a source is deleted, and says what will be lost. */
export function DeleteSourceModal({ source, onClose, onDeleted }: DeleteSourceModalProps) {
  const { t } = useTranslation();
  const client = useClient();
  const losses = [
    t("knowledge.document_count", { count: source.document_count }),
    t("knowledge.passage_count", { count: source.passage_count }),
  ];
  return (
    <DeleteModal
      title={t("knowledge.delete_source_title")}
      text={t("knowledge.delete_source_text", { name: source.name })}
      losses={losses}
      chatbotId={source.chatbot_id}
      remove={() => client.knowledge.deleteSource({ chatbotId: source.chatbot_id, sourceId: source.id })}
      onClose={onClose}
      onDeleted={onDeleted}
    />
  );
}
