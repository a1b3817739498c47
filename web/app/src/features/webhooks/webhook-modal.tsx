import type { EventWebhook, EventWebhookRequest } from "@evenkeel/sdk";
import { Button, Group, MultiSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import styles from "../../ui/records.module.css";
import { eventTypesQuery } from "./webhook-queries.ts";

interface WebhookModalProps {
  /** Undefined = one that is to be made. */
  webhook: EventWebhook | undefined;
  onClose: () => void;
  /** With what signs the deliveries of a new one. */
  onSaved: (secret: string | undefined) => void | Promise<void>;
}

/** Asks where events are sent to, and which ones. */
export function WebhookModal({ webhook, onClose, onSaved }: WebhookModalProps) {
  const { t } = useTranslation();
  const client = useClient();
  const known = useQuery(eventTypesQuery(client)).data?.items ?? [];
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [types, setTypes] = useState<readonly string[]>(webhook?.event_types ?? []);
  const [isChecked, setIsChecked] = useState(false);
  const save = useMutation({
    mutationFn: async () => {
      const request: EventWebhookRequest = { url: url.trim(), event_types: types };
      if (webhook === undefined) return (await client.webhooks.create(request)).secret;
      await client.webhooks.save(webhook.id, request);
      return undefined;
    },
    onSuccess: onSaved,
  });
  const isRight = /^https?:\/\/[^/]+/.test(url.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (isRight && !save.isPending) save.mutate();
  };
  return (
    <Dialog onClose={onClose} title={t(webhook === undefined ? "webhooks.add" : "webhooks.change")}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextInput
          label={t("webhooks.url")}
          description={t("webhooks.url_hint")}
          type="url"
          value={url}
          error={isChecked && !isRight ? t("webhooks.url_wrong") : undefined}
          onChange={(event) => setUrl(event.currentTarget.value)}
          data-autofocus
        />
        <MultiSelect
          label={t("webhooks.types")}
          description={t("webhooks.types_hint")}
          placeholder={types.length === 0 ? t("webhooks.all_types") : ""}
          searchable
          value={[...types]}
          onChange={setTypes}
          data={[...new Set([...known.map((type) => type.event_type), ...types])].sort()}
        />
        {save.isError ? <ProblemNotice problem={describeProblem(save.error)} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("list.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t(webhook === undefined ? "webhooks.add" : "webhooks.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
