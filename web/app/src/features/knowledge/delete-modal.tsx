import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { readAnew } from "../../ui/read-anew.ts";
import styles from "./delete-modal.module.css";
import { knowledgeKey } from "./knowledge-queries.ts";

interface DeleteModalProps {
  title: string;
  text: string;
  /** What goes with it. */
  losses: readonly string[];
  chatbotId: string;
  remove: () => Promise<void>;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before something answers are made from is deleted, and says what will be lost and what stays. */
export function DeleteModal({ title, text, losses, chatbotId, remove, onClose, onDeleted }: DeleteModalProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const deletion = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      onClose();
      onDeleted();
      await readAnew(queries, knowledgeKey(chatbotId));
    },
  });
  return (
    <Dialog onClose={onClose} title={title}>
      <div className={styles.deletion}>
        <p>{text}</p>
        <ul>
          {losses.map((loss) => (
            <li key={loss}>{loss}</li>
          ))}
        </ul>
        <p className={styles.kept}>{t("knowledge.delete_kept")}</p>
      </div>
      {deletion.isError ? <ProblemNotice problem={describeProblem(deletion.error)} /> : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("knowledge.cancel")}
        </Button>
        <Button color="red.8" loading={deletion.isPending} onClick={() => deletion.mutate()}>
          {t("knowledge.delete")}
        </Button>
      </Group>
    </Dialog>
  );
}
