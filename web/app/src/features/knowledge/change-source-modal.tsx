import type { KnowledgeSource } from "@evenkeel/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { readAnew } from "../../ui/read-anew.ts";
import { knowledgeKey } from "./knowledge-queries.ts";
import { changeRequest, fieldsOf } from "./source-fields.ts";
import { SourceModal } from "./source-modal.tsx";

/** Changes the name of a source, who it is for, and what it fetches. */
export function ChangeSourceModal({ source, onClose }: { source: KnowledgeSource; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const [before] = useState(() => fieldsOf(source));
  const [fields, setFields] = useState(before);
  const save = useMutation({
    mutationFn: async () => {
      const request = changeRequest(before, fields);
      if (Object.keys(request).length === 0) return;
      await client.knowledge.changeSource({ chatbotId: source.chatbot_id, sourceId: source.id }, request);
    },
    onSuccess: async () => {
      await readAnew(queries, knowledgeKey(source.chatbot_id));
      onClose();
    },
  });
  return (
    <SourceModal
      title={t("knowledge.change_title")}
      submit={t("knowledge.save")}
      fields={fields}
      onChange={setFields}
      save={save}
      onClose={onClose}
    />
  );
}
