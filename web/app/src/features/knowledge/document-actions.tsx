import type { KnowledgeDocument } from "@evenkeel/sdk";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemModal } from "../../ui/problem-modal.tsx";
import { chosenToReplace } from "./chosen-files.ts";
import { DeleteDocumentModal } from "./delete-document-modal.tsx";
import styles from "./document.module.css";
import { isUnderWay } from "./under-way.ts";
import { useUploads } from "./uploads-context.ts";
import { useDocumentCommand } from "./use-document-command.ts";

interface DocumentActionsProps {
  chatbotId: string;
  document: KnowledgeDocument;
  onDeleted?: () => void;
}

/** What can be done with a document: the likely thing as a button, everything in a menu. */
export function DocumentActions({ chatbotId, document, onDeleted }: DocumentActionsProps) {
  const { t } = useTranslation();
  const uploads = useUploads();
  const [isDeleting, setIsDeleting] = useState(false);
  const command = useDocumentCommand(chatbotId, document);
  const picker = useRef<HTMLInputElement>(null);
  const title = document.title === "" ? document.file_name : document.title;
  const replace = ({ files }: HTMLInputElement) => {
    const file = files?.[0];
    if (file === undefined) return;
    uploads.add({ chatbotId, sourceId: document.source_id }, [chosenToReplace(document.file_name, file)]);
  };
  const canRetry = document.status === "failed" || document.status === "cancelled";
  return (
    <div className={styles.documentActions}>
      {canRetry ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={command.isPending && command.variables === "retry"}
          onClick={() => command.mutate("retry")}
          aria-label={t("knowledge.retry_named", { title })}
        >
          {t("knowledge.retry")}
        </Button>
      ) : null}
      {isUnderWay(document) ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={command.isPending && command.variables === "cancel"}
          onClick={() => command.mutate("cancel")}
          aria-label={t("knowledge.cancel_named", { title })}
        >
          {t("knowledge.cancel")}
        </Button>
      ) : null}
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t("knowledge.replace_named", { title })}
        onChange={({ currentTarget }) => {
          replace(currentTarget);
          // Otherwise choosing the same file again would be no change.
          currentTarget.value = "";
        }}
      />
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("knowledge.actions", { name: title })}
            loading={command.isPending && command.variables === "download"}
          >
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="download" size={16} />} onClick={() => command.mutate("download")}>
            {t("knowledge.download")}
          </Menu.Item>
          {document.url === undefined ? (
            <Menu.Item leftSection={<Icon name="upload" size={16} />} onClick={() => picker.current?.click()}>
              {t("knowledge.replace")}
            </Menu.Item>
          ) : null}
          <Menu.Item color="red.8" leftSection={<Icon name="trash" size={16} />} onClick={() => setIsDeleting(true)}>
            {t("knowledge.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {command.isError ? (
        <ProblemModal
          title={t(`knowledge.${command.variables}`)}
          problem={describeProblem(command.error)}
          onClose={command.reset}
        />
      ) : null}
      {isDeleting ? (
        <DeleteDocumentModal
          chatbotId={chatbotId}
          document={document}
          onClose={() => setIsDeleting(false)}
          onDeleted={onDeleted}
        />
      ) : null}
    </div>
  );
}
