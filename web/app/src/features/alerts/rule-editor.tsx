import type { AlertRule, MetricDescription } from "@evenkeel/sdk";
import { Button, Group } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import recordStyles from "../../ui/records.module.css";
import { metricsQuery } from "./alert-queries.ts";
import styles from "./alerts.module.css";
import { RemoveRule } from "./remove-rule.tsx";
import { ruleProblems, ruleRequest, unitOf } from "./rule-fields.ts";
import { RuleForm } from "./rule-form.tsx";
import { RulePreview } from "./rule-preview.tsx";
import { useRuleForm } from "./use-rule-form.ts";

const typingMilliseconds = 600;
const noMetrics: readonly MetricDescription[] = [];

/** The form of a rule beside what it would have done; undefined = one that is to be made. */
export function RuleEditor({ rule, isOperator }: { rule: AlertRule | undefined; isOperator: boolean }) {
  const { t } = useTranslation();
  const metrics = useQuery(metricsQuery(useClient()));
  const known = metrics.data ?? noMetrics;
  const form = useRuleForm(rule);
  const [settled] = useDebouncedValue(form.fields, typingMilliseconds);
  const metric = known.find((one) => one.metric === settled.metric);
  const isComplete = Object.keys(ruleProblems({ ...settled, name: settled.name || "-" })).length === 0;
  return (
    <div className={styles.layout}>
      <form className={recordStyles.form} onSubmit={form.submit} noValidate>
        <QueryProblem query={metrics} title={t("alerts.metrics_failed")} />
        <RuleForm form={form} metrics={known} isOperator={isOperator} origin={rule?.origin} />
        {form.failure === undefined ? null : <ProblemNotice problem={describeProblem(form.failure)} />}
        <Group justify="space-between">
          <Group gap="sm">
            <Button type="submit" loading={form.saving.isPending}>
              {t(rule === undefined ? "alerts.create" : "alerts.save")}
            </Button>
            <span role="status" className={recordStyles.done}>
              {form.saving.isSuccess ? t("alerts.saved") : ""}
            </span>
          </Group>
          {rule === undefined ? null : <RemoveRule rule={rule} />}
        </Group>
      </form>
      <aside className={styles.preview} aria-label={t("alerts.preview")}>
        {isComplete ? (
          <RulePreview request={ruleRequest(settled)} unit={unitOf(settled.value, metric)} />
        ) : (
          <p className={recordStyles.lead}>{t("alerts.preview_hint")}</p>
        )}
      </aside>
    </div>
  );
}
