import type { AlertRule, MetricDescription } from "@evenkeel/sdk";
import { Checkbox, MultiSelect, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import recordStyles from "../../ui/records.module.css";
import { receiversQuery } from "./alert-queries.ts";
import styles from "./alerts.module.css";
import { ConditionFields } from "./condition-fields.tsx";
import { MeasureFields } from "./measure-fields.tsx";
import type { RuleFormState } from "./use-rule-form.ts";

interface RuleFormProps {
  form: RuleFormState;
  metrics: readonly MetricDescription[];
  isOperator: boolean;
  /** Undefined = it is to be made. */
  origin: AlertRule["origin"] | undefined;
}

/** The fields of a rule. What a shipped rule or one of a file measures cannot be changed here. */
export function RuleForm({ form, metrics, isOperator, origin }: RuleFormProps) {
  const { t } = useTranslation();
  const { fields, errors, change } = form;
  const isFixed = origin !== undefined && origin !== "own";
  return (
    <>
      {isFixed ? <p className={recordStyles.lead}>{t("alerts.fixed")}</p> : null}
      <Switch
        label={t("alerts.is_enabled")}
        checked={fields.isEnabled}
        onChange={(event) => change({ isEnabled: event.currentTarget.checked })}
      />
      <TextInput
        label={t("alerts.name")}
        value={fields.name}
        error={errors.name}
        required
        disabled={isFixed}
        maxLength={100}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t("alerts.description")}
        value={fields.description}
        error={errors.description}
        disabled={isFixed}
        maxLength={500}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <MeasureFields form={form} metrics={metrics} isFixed={isFixed} />
      <ConditionFields form={form} metrics={metrics} isFixed={isFixed} />
      <fieldset className={styles.fieldset}>
        <legend>{t("alerts.telling")}</legend>
        <Receivers form={form} />
        <TextInput
          label={t("alerts.runbook_url")}
          description={t("alerts.runbook_url_hint")}
          type="url"
          value={fields.runbookUrl}
          error={errors.runbookUrl}
          disabled={isFixed}
          onChange={(event) => change({ runbookUrl: event.currentTarget.value })}
        />
        {isOperator && origin === undefined ? (
          <Checkbox
            label={t("alerts.of_installation")}
            description={t("alerts.of_installation_hint")}
            checked={fields.isOfInstallation}
            onChange={(event) => change({ isOfInstallation: event.currentTarget.checked })}
          />
        ) : null}
      </fieldset>
    </>
  );
}

function Receivers({ form: { fields, errors, change } }: { form: RuleFormState }) {
  const { t } = useTranslation();
  const receivers = useQuery(receiversQuery(useClient())).data?.items ?? [];
  const names = new Set([...receivers.map(({ name }) => name), ...fields.receivers]);
  return (
    <MultiSelect
      label={t("alerts.receivers")}
      description={t("alerts.receivers_hint")}
      placeholder={fields.receivers.length === 0 ? t("alerts.receivers_all") : ""}
      value={[...fields.receivers]}
      error={errors.receivers}
      onChange={(chosen) => change({ receivers: chosen })}
      data={[...names]}
    />
  );
}
