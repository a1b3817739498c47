import { type AlertRule, InvalidRequestError } from "@evenkeel/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { ruleAddress } from "./addresses.ts";
import { refreshAlerts } from "./alert-queries.ts";
import { fieldsOfRule, newRuleFields, type RuleFields, ruleProblems, ruleRequest } from "./rule-fields.ts";

const wireNames: Readonly<Record<string, keyof RuleFields>> = {
  name: "name",
  description: "description",
  metric: "metric",
  value: "value",
  filter: "filter",
  group_by: "groupBy",
  window_seconds: "window",
  condition: "condition",
  warning: "warning",
  critical: "critical",
  for_seconds: "for",
  keep_firing_for_seconds: "keepFiringFor",
  minimum_count: "minimumCount",
  no_data: "noData",
  receivers: "receivers",
  runbook_url: "runbookUrl",
};

/** What stands in the form of a rule, what is wrong with it, and saving it. */
export function useRuleForm(rule: AlertRule | undefined) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [fields, setFields] = useState(() => (rule === undefined ? newRuleFields : fieldsOfRule(rule.definition)));
  const [isChecked, setIsChecked] = useState(false);
  const saving = useMutation({
    mutationFn: () =>
      rule === undefined
        ? client.alerts.createRule(ruleRequest(fields))
        : client.alerts.saveRule(rule.id, ruleRequest(fields)),
    onSuccess: async (saved) => {
      if (rule === undefined) navigate(ruleAddress(saved.id), { replace: true });
      await refreshAlerts(queries);
    },
  });
  const problems = Object.entries(ruleProblems(fields));
  const fromServer = serverErrors(saving.error);
  const ours = isChecked ? problems.map(([field, problem]) => [field, t(`alerts.wrong_${problem}`)]) : [];
  return {
    fields,
    errors: { ...fromServer, ...Object.fromEntries(ours) } as Partial<Record<keyof RuleFields, string>>,
    saving,
    /** What the server says of no single field. */
    failure: saving.isError && Object.keys(fromServer).length === 0 ? saving.error : undefined,
    change: (next: Partial<RuleFields>) => {
      // What was said of the last try is no longer true.
      if (!saving.isIdle) saving.reset();
      setFields((current) => ({ ...current, ...next }));
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      setIsChecked(true);
      if (problems.length === 0 && !saving.isPending) saving.mutate();
    },
  };
}

/** What `useRuleForm` gives. */
export type RuleFormState = ReturnType<typeof useRuleForm>;

function serverErrors(error: unknown): Partial<Record<keyof RuleFields, string>> {
  if (!(error instanceof InvalidRequestError)) return {};
  return Object.fromEntries(
    error.fieldErrors.flatMap(({ field, message }) => {
      const name = wireNames[field.replace(/[.[].*$/, "")];
      return name === undefined ? [] : [[name, message]];
    }),
  );
}
