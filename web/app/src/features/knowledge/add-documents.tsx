import type { KnowledgeSource } from "@evenkeel/sdk";
import { Button, FileButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import { chosenFromPicker } from "./chosen-files.ts";
import { PasteModal } from "./paste-modal.tsx";
import styles from "./upload.module.css";
import { useUploads } from "./uploads-context.ts";

/** What can be read; others are refused by the server with the reason. */
const readable = ".pdf,.docx,.pptx,.xlsx,.html,.htm,.md,.markdown,.txt,.csv";

interface AddDocumentsProps {
  source: KnowledgeSource;
  /** A dialog stands over the page, or no longer. */
  onDialog: (isOpen: boolean) => void;
}

/** The ways to add documents to a source. */
export function AddDocuments({ source, onDialog }: AddDocumentsProps) {
  const { t } = useTranslation();
  const uploads = useUploads();
  const [isPasting, setIsPasting] = useState(false);
  const address = { chatbotId: source.chatbot_id, sourceId: source.id };
  const paste = (isOpen: boolean) => {
    setIsPasting(isOpen);
    onDialog(isOpen);
  };
  return (
    <div className={styles.add}>
      <p>
        <Icon name="upload" />
        <span>{t("knowledge.add_hint")}</span>
      </p>
      <div className={styles.buttons}>
        <FileButton multiple accept={readable} onChange={(files) => uploads.add(address, chosenFromPicker(files))}>
          {(props) => (
            <Button {...props} leftSection={<Icon name="plus" size={16} />}>
              {t("knowledge.add_files")}
            </Button>
          )}
        </FileButton>
        <Button variant="default" leftSection={<Icon name="text" size={16} />} onClick={() => paste(true)}>
          {t("knowledge.paste")}
        </Button>
      </div>
      {isPasting ? <PasteModal address={address} onClose={() => paste(false)} /> : null}
    </div>
  );
}
