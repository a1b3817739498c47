import type { AlertReceiver, AlertReceiverKind, AlertReceiverRequest } from "@evenkeel/sdk";
import { Button, Checkbox, Group, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { languages } from "../../i18n/i18n.ts";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import styles from "../../ui/records.module.css";
import { refreshAlerts } from "./alert-queries.ts";

interface ReceiverModalProps {
  /** Undefined = one that is to be made. */
  receiver: AlertReceiver | undefined;
  isOperator: boolean;
  onClose: () => void;
  /** What signs the notifications of a new webhook. */
  onSecret: (secret: string) => void;
}

const kinds: readonly AlertReceiverKind[] = ["webhook", "email", "log"];

/** Asks who is told, and how. */
export function ReceiverModal({ receiver, isOperator, onClose, onSecret }: ReceiverModalProps) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const [isChecked, setIsChecked] = useState(false);
  const [fields, setFields] = useState({
    name: receiver?.name ?? "",
    kind: receiver?.kind ?? ("webhook" as AlertReceiverKind),
    target: receiver?.target ?? "",
    severity: receiver?.least_severity ?? ("warning" as const),
    language: receiver?.language ?? (i18n.language === "zh" ? ("zh" as const) : ("en" as const)),
    isEnabled: receiver?.is_enabled ?? true,
    isOfInstallation: false,
  });
  const put = (next: Partial<typeof fields>) => setFields((current) => ({ ...current, ...next }));
  const needsTarget = fields.kind !== "log";
  const isRight = fields.name.trim() !== "" && (!needsTarget || fields.target.trim() !== "");
  const save = useMutation({
    mutationFn: async () => {
      const request: AlertReceiverRequest = {
        name: fields.name.trim(),
        ...(receiver === undefined ? { kind: fields.kind } : {}),
        ...(needsTarget ? { target: fields.target.trim() } : {}),
        least_severity: fields.severity,
        language: fields.language,
        is_enabled: fields.isEnabled,
        ...(fields.isOfInstallation ? { is_of_installation: true } : {}),
      };
      if (receiver !== undefined) await client.alerts.saveReceiver(receiver.id, request);
      return receiver === undefined ? (await client.alerts.createReceiver(request)).secret : undefined;
    },
    onSuccess: async (secret) => {
      onClose();
      if (secret !== undefined) onSecret(secret);
      await refreshAlerts(queries);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (isRight && !save.isPending) save.mutate();
  };
  const missing = (value: string) => (isChecked && value.trim() === "" ? t("alerts.wrong_missing") : undefined);
  return (
    <Dialog onClose={onClose} title={t(receiver === undefined ? "alerts.receiver_add" : "alerts.receiver_change")}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextInput
          label={t("alerts.name")}
          value={fields.name}
          maxLength={100}
          error={missing(fields.name)}
          onChange={(event) => put({ name: event.currentTarget.value })}
          data-autofocus
        />
        <NativeSelect
          label={t("alerts.kind")}
          value={fields.kind}
          disabled={receiver !== undefined}
          onChange={({ currentTarget: { value } }) => put({ kind: kinds.find((one) => one === value) ?? "log" })}
          data={kinds.map((value) => ({ value, label: t(`alerts.kind_${value}`) }))}
        />
        {needsTarget ? (
          <TextInput
            label={t(fields.kind === "email" ? "alerts.target_email" : "alerts.target_webhook")}
            value={fields.target}
            error={missing(fields.target)}
            onChange={(event) => put({ target: event.currentTarget.value })}
          />
        ) : null}
        <NativeSelect
          label={t("alerts.least")}
          value={fields.severity}
          onChange={({ currentTarget: { value } }) => put({ severity: value === "critical" ? "critical" : "warning" })}
          data={(["warning", "critical"] as const).map((value) => ({ value, label: t(`alerts.least_${value}`) }))}
        />
        <NativeSelect
          label={t("alerts.language")}
          value={fields.language}
          onChange={({ currentTarget: { value } }) => put({ language: value === "zh" ? "zh" : "en" })}
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        />
        <Switch
          label={t("alerts.receiver_enabled")}
          checked={fields.isEnabled}
          onChange={(event) => put({ isEnabled: event.currentTarget.checked })}
        />
        {isOperator && receiver === undefined ? (
          <Checkbox
            label={t("alerts.of_installation")}
            description={t("alerts.receiver_installation_hint")}
            checked={fields.isOfInstallation}
            onChange={(event) => put({ isOfInstallation: event.currentTarget.checked })}
          />
        ) : null}
        {save.isError ? <ProblemNotice problem={describeProblem(save.error)} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("list.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("alerts.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
