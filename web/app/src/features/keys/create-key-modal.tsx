import type { ApiScope } from "@evenkeel/sdk";
import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import styles from "../../ui/records.module.css";
import { scopeName } from "./key-row.tsx";
import { scopes } from "./keys-query.ts";

interface CreateKeyModalProps {
  onClose: () => void;
  onCreated: (secret: string) => void | Promise<void>;
}

const nameLimit = 100;
const lives = ["30", "90", "365", "never"] as const;

/** Asks what a key is for, what it may do, and how long. */
export function CreateKeyModal({ onClose, onCreated }: CreateKeyModalProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [life, setLife] = useState<string>("90");
  const [isChecked, setIsChecked] = useState(false);
  const create = useMutation({
    mutationFn: () =>
      client.keys.create({
        name: name.trim(),
        scopes: scopes.filter((scope): scope is ApiScope => chosen.includes(scope)),
        ...(life === "never" ? {} : { expires_at: new Date(Date.now() + Number(life) * 86_400_000).toISOString() }),
      }),
    onSuccess: ({ secret }) => onCreated(secret),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (name.trim() !== "" && chosen.length > 0 && !create.isPending) create.mutate();
  };
  return (
    <Dialog onClose={onClose} title={t("keys.create")}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextInput
          label={t("keys.name")}
          description={t("keys.name_hint")}
          value={name}
          maxLength={nameLimit}
          error={isChecked && name.trim() === "" ? t("keys.name_missing") : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Checkbox.Group
          label={t("keys.scopes")}
          value={[...chosen]}
          error={isChecked && chosen.length === 0 ? t("keys.scopes_missing") : undefined}
          onChange={setChosen}
        >
          <Stack gap="xs" mt="xs">
            {scopes.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={t(`keys.scope_${scopeName(scope)}`)}
                description={t(`keys.scope_${scopeName(scope)}_hint`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label={t("keys.life")}
          value={life}
          onChange={(event) => setLife(event.currentTarget.value)}
          data={lives.map((value) => ({ value, label: t(`keys.life_${value}`) }))}
        />
        {create.isError ? <ProblemNotice problem={describeProblem(create.error)} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("list.cancel")}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t("keys.create")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
