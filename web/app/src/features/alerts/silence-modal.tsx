import type { AlertRule } from "@evenkeel/sdk";
import { Button, Checkbox, Group, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import styles from "../../ui/records.module.css";
import { refreshAlerts } from "./alert-queries.ts";

const hours = ["1", "4", "24", "168"] as const;
const reasonLimit = 200;

interface SilenceModalProps {
  rule: AlertRule | undefined;
  /** Whether the rules of the installation may be silenced all at once. */
  isOperator?: boolean;
  onClose: () => void;
}

/** Asks for how long and why nobody is told of a rule; undefined = of any rule. */
export function SilenceModal({ rule, isOperator = false, onClose }: SilenceModalProps) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const [lasting, setLasting] = useState<string>("4");
  const [group, setGroup] = useState("");
  const [reason, setReason] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const [isOfInstallation, setIsOfInstallation] = useState(rule?.definition.is_of_installation === true);
  const groups = (rule?.groups ?? []).map((one) => one.group).filter((one) => one !== "");
  const silence = useMutation({
    mutationFn: () =>
      client.alerts.silence({
        ...(rule === undefined ? {} : { rule_id: rule.id }),
        ...(group === "" ? {} : { group }),
        ...(isOfInstallation ? { is_of_installation: true } : {}),
        reason: reason.trim(),
        ends_at: new Date(Date.now() + Number(lasting) * 3_600_000).toISOString(),
      }),
    onSuccess: async () => {
      onClose();
      await refreshAlerts(queries);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (reason.trim() !== "" && !silence.isPending) silence.mutate();
  };
  return (
    <Dialog
      onClose={onClose}
      title={t("alerts.silence_title", { name: rule?.definition.name ?? t("alerts.all_rules") })}
    >
      <form className={styles.form} onSubmit={submit} noValidate>
        <p className={styles.lead}>{t("alerts.silence_text")}</p>
        <TextInput
          label={t("alerts.reason")}
          value={reason}
          maxLength={reasonLimit}
          error={isChecked && reason.trim() === "" ? t("alerts.reason_missing") : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <NativeSelect
          label={t("alerts.lasting")}
          value={lasting}
          onChange={(event) => setLasting(event.currentTarget.value)}
          data={hours.map((value) => ({ value, label: t(`alerts.lasting_${value}`) }))}
        />
        {groups.length === 0 ? null : (
          <NativeSelect
            label={t("alerts.group")}
            value={group}
            onChange={(event) => setGroup(event.currentTarget.value)}
            data={[{ value: "", label: t("alerts.all_groups") }, ...groups]}
          />
        )}
        {isOperator ? (
          <Checkbox
            label={t("alerts.silence_installation")}
            checked={isOfInstallation}
            onChange={(event) => setIsOfInstallation(event.currentTarget.checked)}
          />
        ) : null}
        {silence.isError ? <ProblemNotice problem={describeProblem(silence.error)} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("list.cancel")}
          </Button>
          <Button type="submit" loading={silence.isPending}>
            {t("alerts.silence")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
