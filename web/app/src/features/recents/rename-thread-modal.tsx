import type { ChatThread } from "@evenkeel/sdk";
import { Button, Group, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { changeThread } from "./thread-queries.ts";

const titleLimit = 200;

/** Gives a conversation another name. */
export function RenameThreadModal({ thread, onClose }: { thread: ChatThread; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const [title, setTitle] = useState(thread.title);
  const rename = useMutation({
    mutationFn: () => client.threads.rename(thread.id, title.trim()),
    onSuccess: (changed) => {
      changeThread(queries, thread.id, () => changed);
      onClose();
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() !== "" && !rename.isPending) rename.mutate();
  };
  return (
    <Dialog onClose={onClose} title={t("recents.rename_title")}>
      <form onSubmit={save}>
        <TextInput
          label={t("recents.name")}
          value={title}
          maxLength={titleLimit}
          onChange={(event) => setTitle(event.currentTarget.value)}
          data-autofocus
          mb="md"
        />
        {rename.isError ? <ProblemNotice problem={describeProblem(rename.error)} /> : null}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t("recents.cancel")}
          </Button>
          <Button type="submit" loading={rename.isPending} disabled={title.trim() === ""}>
            {t("recents.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
