import type { ChatThread } from "@evenkeel/sdk";
import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { changeThread } from "./thread-queries.ts";

interface DeleteThreadModalProps {
  thread: ChatThread;
  onClose: () => void;
  onDeleted: (threadId: string) => void;
}

/** Asks before a conversation is deleted, and says what will be lost. */
export function DeleteThreadModal({ thread, onClose, onDeleted }: DeleteThreadModalProps) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.threads.delete(thread.id),
    onSuccess: () => {
      changeThread(queries, thread.id, () => undefined);
      onDeleted(thread.id);
      onClose();
    },
  });
  const title = thread.title === "" ? t("recents.untitled") : thread.title;
  return (
    <Dialog onClose={onClose} title={t("recents.delete_title")}>
      <Text mb="md" style={{ overflowWrap: "anywhere" }}>
        {t("recents.delete_text", { title })}
      </Text>
      {remove.isError ? <ProblemNotice problem={describeProblem(remove.error)} /> : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("recents.cancel")}
        </Button>
        <Button color="red.8" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t("recents.delete")}
        </Button>
      </Group>
    </Dialog>
  );
}
