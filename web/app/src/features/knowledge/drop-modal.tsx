import type { KnowledgeSource } from "@evenkeel/sdk";
import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
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
import type { ChosenFile } from "./uploads.ts";

interface DropModalProps {
  chatbotId: string;
  files: readonly ChosenFile[];
  /** Sources that take files. */
  sources: readonly KnowledgeSource[];
  onClose: () => void;
  onChosen: (source: KnowledgeSource) => void;
}

const newSource = "new";

/** Asks which source dropped files are for: one there is, or a new one. */
export function DropModal({ chatbotId, files, sources, onClose, onChosen }: DropModalProps) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const [target, setTarget] = useState(sources[0]?.id ?? newSource);
  const [name, setName] = useState(t("knowledge.new_source_name"));
  const choose = useMutation({
    mutationFn: async () =>
      sources.find(({ id }) => id === target) ??
      (await client.knowledge.createSource(chatbotId, { name: name.trim(), visibility: "public" })),
    onSuccess: (source) => {
      void readAnew(queries, knowledgeKey(chatbotId));
      onChosen(source);
    },
  });
  const isNameMissing = target === newSource && name.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!choose.isPending && !isNameMissing) choose.mutate();
  };
  return (
    <Dialog onClose={onClose} title={t("knowledge.drop_title", { count: files.length })}>
      <form onSubmit={submit} noValidate>
        <Radio.Group label={t("knowledge.drop_target")} value={target} onChange={setTarget}>
          <Stack gap="xs" mt="xs" mb="md">
            {sources.map((source) => (
              <Radio key={source.id} value={source.id} label={source.name} />
            ))}
            <Radio value={newSource} label={t("knowledge.drop_new")} />
          </Stack>
        </Radio.Group>
        {target === newSource ? (
          <TextInput
            label={t("knowledge.name")}
            value={name}
            maxLength={longestName}
            error={isNameMissing ? t("knowledge.name_missing") : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        ) : null}
        {choose.isError ? <ProblemNotice problem={describeProblem(choose.error)} /> : null}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t("knowledge.cancel")}
          </Button>
          <Button type="submit" loading={choose.isPending} data-autofocus>
            {t("knowledge.drop_add")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
