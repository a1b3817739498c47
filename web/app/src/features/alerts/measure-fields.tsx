import type { AlertValue, MetricDescription } from "@evenkeel/sdk";
import { ActionIcon, Button, NativeSelect, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import recordStyles from "../../ui/records.module.css";
import styles from "./alerts.module.css";
import { type FilterField, valuesOfKind, withMetric } from "./rule-fields.ts";
import type { RuleFormState } from "./use-rule-form.ts";

interface MeasureFieldsProps {
  form: RuleFormState;
  metrics: readonly MetricDescription[];
  isFixed: boolean;
}

/** What a rule looks at: a metric, which part of it, and which number. */
export function MeasureFields({ form, metrics, isFixed }: MeasureFieldsProps) {
  const { t } = useTranslation();
  const { fields, errors, change } = form;
  const metric = metrics.find((one) => one.metric === fields.metric);
  const names = [...new Set([...metrics.map((one) => one.metric), ...(fields.metric === "" ? [] : [fields.metric])])];
  const values = metric === undefined ? [fields.value] : [...valuesOfKind[metric.kind]];
  const offered = values.includes(fields.value) ? values : [...values, fields.value];
  return (
    <fieldset className={styles.fieldset} disabled={isFixed}>
      <legend>{t("alerts.measure")}</legend>
      <div className={recordStyles.pair}>
        <Select
          label={t("alerts.metric")}
          value={fields.metric === "" ? null : fields.metric}
          error={errors.metric}
          searchable
          required
          disabled={isFixed}
          onChange={(name) =>
            change(
              withMetric(
                fields,
                metrics.find((one) => one.metric === name),
              ),
            )
          }
          data={names}
        />
        <NativeSelect
          label={t("alerts.value")}
          value={fields.value}
          error={errors.value}
          onChange={(event) => change({ value: event.currentTarget.value as AlertValue })}
          data={offered.map((value) => ({ value, label: t(`alerts.value_${value}`) }))}
        />
      </div>
      <div className={recordStyles.pair}>
        <NativeSelect
          label={t("alerts.group_by")}
          value={fields.groupBy}
          error={errors.groupBy}
          onChange={(event) => change({ groupBy: event.currentTarget.value })}
          data={[{ value: "", label: t("alerts.group_by_none") }, ...labelsOf(metric, fields.groupBy)]}
        />
        <TextInput
          label={t("alerts.window")}
          description={t("alerts.span_hint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={fields.window}
          error={errors.window}
          onChange={(event) => change({ window: event.currentTarget.value })}
        />
      </div>
      <Filter form={form} labels={metric?.labels ?? []} isFixed={isFixed} />
    </fieldset>
  );
}

function labelsOf(metric: MetricDescription | undefined, chosen: string): string[] {
  return [...new Set([...(metric?.labels ?? []), ...(chosen === "" ? [] : [chosen])])];
}

interface FilterProps {
  form: RuleFormState;
  labels: readonly string[];
  isFixed: boolean;
}

/** Conditions on the labels of a metric. */
function Filter({ form: { fields, errors, change }, labels, isFixed }: FilterProps) {
  const { t } = useTranslation();
  const put = (place: number, next: FilterField | undefined) =>
    change({ filter: fields.filter.flatMap((one, at) => (at === place ? (next === undefined ? [] : [next]) : [one])) });
  return (
    <>
      {fields.filter.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have nothing else, and never move.
        <div className={styles.filter} key={place}>
          <NativeSelect
            label={t("alerts.label")}
            value={one.label}
            onChange={(event) => put(place, { ...one, label: event.currentTarget.value })}
            data={["", ...new Set([...labels, one.label].filter((label) => label !== ""))]}
          />
          <TextInput
            label={t("alerts.label_value")}
            value={one.value}
            onChange={(event) => put(place, { ...one, value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("alerts.filter_remove")}
            onClick={() => put(place, undefined)}
          >
            <Icon name="close" size={16} />
          </ActionIcon>
        </div>
      ))}
      {fields.filter.length === 0 ? null : <p className={recordStyles.lead}>{t("alerts.filter_hint")}</p>}
      {errors.filter === undefined ? null : <p role="alert">{errors.filter}</p>}
      {labels.length === 0 ? null : (
        <Button
          size="xs"
          variant="default"
          style={{ alignSelf: "flex-start" }}
          disabled={isFixed}
          onClick={() => change({ filter: [...fields.filter, { label: labels[0] ?? "", value: "" }] })}
        >
          {t("alerts.filter_add")}
        </Button>
      )}
    </>
  );
}
