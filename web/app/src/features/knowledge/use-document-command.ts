import type { KnowledgeDocument } from "@evenkeel/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useClient } from "../../session/client-context.ts";
import { readAnew } from "../../ui/read-anew.ts";
import { saveFile } from "../../ui/save-file.ts";
import { knowledgeKey } from "./knowledge-queries.ts";

export type DocumentCommand = "retry" | "cancel" | "download";

/** Does something with a document at the server, and looks at the documents again. */
export function useDocumentCommand(chatbotId: string, document: KnowledgeDocument) {
  const { knowledge } = useClient();
  const queries = useQueryClient();
  const address = { chatbotId, sourceId: document.source_id, documentId: document.id };
  return useMutation({
    mutationFn: async (command: DocumentCommand) => {
      switch (command) {
        case "retry":
          return knowledge.retryDocument(address);
        case "cancel":
          return knowledge.cancelDocument(address);
        case "download":
          return saveFile(await knowledge.content(address), document.file_name);
      }
    },
    // Also after a failure: what could not be done is often no longer so.
    onSettled: () => readAnew(queries, knowledgeKey(chatbotId)),
  });
}
