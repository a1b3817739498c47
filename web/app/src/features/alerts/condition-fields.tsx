import type { MetricDescription } from "@evenkeel/sdk";
import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { unitName } from "../../ui/charts/format-value.ts";
import recordStyles from "../../ui/records.module.css";
import styles from "./alerts.module.css";
import { unitOf } from "./rule-fields.ts";
import type { RuleFormState } from "./use-rule-form.ts";

interface ConditionFieldsProps {
  form: RuleFormState;
  metrics: readonly MetricDescription[];
  isFixed: boolean;
}

const noDataModes = ["normal", "no_data", "keep", "firing"] as const;
const below = { inputWrapperOrder: ["label", "input", "description", "error"] } as const;

/** When a rule fires: thresholds and times. */
export function ConditionFields({ form, metrics, isFixed }: ConditionFieldsProps) {
  const { t } = useTranslation();
  const { fields, change } = form;
  const unit = unitOf(
    fields.value,
    metrics.find(({ metric }) => metric === fields.metric),
  );
  return (
    <fieldset className={styles.fieldset}>
      <legend>{t("alerts.condition")}</legend>
      <div className={styles.triple}>
        <NativeSelect
          label={t("alerts.direction")}
          value={fields.condition}
          disabled={isFixed}
          onChange={(event) => change({ condition: event.currentTarget.value === "below" ? "below" : "above" })}
          data={(["above", "below"] as const).map((value) => ({ value, label: t(`alerts.direction_${value}`) }))}
        />
        <Field form={form} name="warning" label={t("alerts.warning_at")} hint={t(`charts.unit_${unitName(unit)}`)} />
        <Field form={form} name="critical" label={t("alerts.critical_at")} hint={t(`charts.unit_${unitName(unit)}`)} />
      </div>
      <div className={recordStyles.pair}>
        <Field form={form} name="for" label={t("alerts.for")} hint={t("alerts.for_hint")} />
        <Field form={form} name="keepFiringFor" label={t("alerts.keep_firing_for")} hint={t("alerts.keep_hint")} />
      </div>
      <div className={recordStyles.pair}>
        <Field form={form} name="minimumCount" label={t("alerts.minimum_count")} hint={t("alerts.minimum_hint")} />
        <NativeSelect
          label={t("alerts.no_data")}
          value={fields.noData}
          onChange={({ currentTarget: { value } }) =>
            change({ noData: noDataModes.find((mode) => mode === value) ?? "normal" })
          }
          data={noDataModes.map((value) => ({ value, label: t(`alerts.no_data_${value}`) }))}
        />
      </div>
    </fieldset>
  );
}

interface FieldProps {
  form: RuleFormState;
  name: "warning" | "critical" | "for" | "keepFiringFor" | "minimumCount";
  label: string;
  hint: string;
}

function Field({ form: { fields, errors, change }, name, label, hint }: FieldProps) {
  return (
    <TextInput
      {...below}
      inputWrapperOrder={[...below.inputWrapperOrder]}
      label={label}
      description={hint}
      value={fields[name]}
      error={errors[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );
}
