import type { AlertRule, AlertState, AlertStatus } from "@evenkeel/sdk";

const urgency: Readonly<Record<AlertState, number>> = { firing: 0, recovering: 1, pending: 2, no_data: 3, normal: 4 };

/** How bad a rule is now: of its groups the worst. */
export function severityOf({ groups, state }: AlertRule): AlertStatus["severity"] {
  const same = groups.filter((group) => group.state === state);
  return same.some(({ severity }) => severity === "critical") ? "critical" : same[0]?.severity;
}

/** Whether it fires and nobody silenced all of it. */
export function isFiring({ definition, groups }: AlertRule): boolean {
  return definition.is_enabled && groups.some((group) => isLoud(group));
}

function isLoud({ state, silenced_until: until }: AlertStatus): boolean {
  return (state === "firing" || state === "recovering") && until === undefined;
}

/** What needs somebody first; among equals by name. */
export function inOrder(rules: readonly AlertRule[]): readonly AlertRule[] {
  const rank = (rule: AlertRule) =>
    (rule.definition.is_enabled ? 0 : 100) + urgency[rule.state] * 10 + (severityOf(rule) === "critical" ? 0 : 1);
  return [...rules].sort(
    (one, other) => rank(one) - rank(other) || one.definition.name.localeCompare(other.definition.name),
  );
}
