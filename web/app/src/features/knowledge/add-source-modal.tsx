import type { KnowledgeSource } from "@evenkeel/sdk";
import { SegmentedControl } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { readAnew } from "../../ui/read-anew.ts";
import { knowledgeKey } from "./knowledge-queries.ts";
import { createRequest, newWebFields, type SourceFields } from "./source-fields.ts";
import { SourceModal } from "./source-modal.tsx";

interface AddSourceModalProps {
  chatbotId: string;
  onClose: () => void;
  onAdded: (source: KnowledgeSource) => void;
}

/** Adds a source: for files, or of a web address. */
export function AddSourceModal({ chatbotId, onClose, onAdded }: AddSourceModalProps) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const [fields, setFields] = useState<SourceFields>({ name: "", visibility: "public", web: null });
  const save = useMutation({
    mutationFn: () => client.knowledge.createSource(chatbotId, createRequest(fields)),
    onSuccess: async (source) => {
      await readAnew(queries, knowledgeKey(chatbotId));
      onAdded(source);
    },
  });
  return (
    <SourceModal
      title={t("knowledge.add_source")}
      submit={t("knowledge.add")}
      fields={fields}
      onChange={setFields}
      save={save}
      onClose={onClose}
    >
      <SegmentedControl
        fullWidth
        mb="md"
        aria-label={t("knowledge.kind")}
        value={fields.web === null ? "files" : "web"}
        onChange={(kind) => setFields({ ...fields, web: kind === "web" ? newWebFields : null })}
        data={[
          { value: "files", label: t("knowledge.kind_files") },
          { value: "web", label: t("knowledge.kind_web") },
        ]}
      />
    </SourceModal>
  );
}
