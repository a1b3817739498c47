import type { SourceAddress } from "@evenkeel/sdk";
import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { readAnew } from "../../ui/read-anew.ts";
import { knowledgeKey } from "./knowledge-queries.ts";
import { longestName } from "./source-fields.ts";

/** Adds a document that is typed or pasted. */
export function PasteModal({ address, onClose }: { address: SourceAddress; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const add = useMutation({
    mutationFn: () =>
      client.knowledge.paste(address, { ...(title.trim() === "" ? {} : { title: title.trim() }), text }),
    onSuccess: async () => {
      await readAnew(queries, knowledgeKey(address.chatbotId));
      onClose();
    },
  });
  const isEmpty = text.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (!isEmpty && !add.isPending) add.mutate();
  };
  return (
    <Dialog onClose={onClose} title={t("knowledge.paste")} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={t("knowledge.paste_title")}
            description={t("knowledge.paste_title_hint")}
            value={title}
            maxLength={longestName}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Textarea
            label={t("knowledge.paste_text")}
            description={t("knowledge.paste_text_hint")}
            rows={10}
            value={text}
            error={isChecked && isEmpty ? t("knowledge.paste_missing") : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
          />
        </Stack>
        {add.isError ? <ProblemNotice problem={describeProblem(add.error)} /> : null}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t("knowledge.cancel")}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t("knowledge.add")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
