import type { AlertRule, AlertStatus } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Badge } from "../../ui/badge.tsx";
import { formatValue } from "../../ui/charts/format-value.ts";
import { Empty } from "../../ui/empty.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import styles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ruleAddress } from "./addresses.ts";
import { SilencedBadge, StateBadge } from "./alert-badges.tsx";
import { inOrder, severityOf } from "./alert-order.ts";
import { metricsQuery, rulesQuery } from "./alert-queries.ts";
import alertStyles from "./alerts.module.css";
import { unitOf } from "./rule-fields.ts";
import { SilenceModal } from "./silence-modal.tsx";

/** All rules, those that fire on top. */
export function RuleList() {
  const { t } = useTranslation();
  const query = useQuery(rulesQuery(useClient()));
  const [silenced, setSilenced] = useState<AlertRule>();
  const rules = inOrder(query.data?.items ?? []);
  return (
    <>
      <QueryProblem query={query} title={t("alerts.rules_failed")} />
      {query.isPending ? <Placeholder heights={[64, 64, 64]} /> : null}
      {query.isSuccess && rules.length === 0 ? (
        <Empty icon="pulse" title={t("alerts.rules_empty")} text={t("alerts.rules_empty_text")} />
      ) : null}
      {rules.length === 0 ? null : (
        <ul className={styles.rows}>
          {rules.map((rule) => (
            <li key={rule.id} data-state={rule.state}>
              <RuleRow rule={rule} onSilence={() => setSilenced(rule)} />
            </li>
          ))}
        </ul>
      )}
      {silenced === undefined ? null : <SilenceModal rule={silenced} onClose={() => setSilenced(undefined)} />}
    </>
  );
}

function RuleRow({ rule, onSilence }: { rule: AlertRule; onSilence: () => void }) {
  const { t } = useTranslation();
  const { definition } = rule;
  const loud = rule.groups.filter(({ state }) => state !== "normal");
  return (
    <>
      <div className={styles.line}>
        <h3 className={styles.name}>
          <Link to={ruleAddress(rule.id)}>{definition.name}</Link>
        </h3>
        <div className={styles.buttons}>
          {definition.is_enabled ? (
            <StateBadge state={rule.state} severity={severityOf(rule)} />
          ) : (
            <Badge tone="neutral" icon="stop">
              {t("alerts.off")}
            </Badge>
          )}
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t("alerts.silence_named", { name: definition.name })}
            onClick={onSilence}
          >
            {t("alerts.silence")}
          </Button>
        </div>
      </div>
      {definition.description === undefined ? null : <p className={styles.facts}>{definition.description}</p>}
      {definition.is_enabled && loud.length > 0 ? <GroupList rule={rule} groups={loud} /> : null}
    </>
  );
}

/** Where the groups of a rule stand that are not as they should be. */
export function GroupList({ rule, groups }: { rule: AlertRule; groups: readonly AlertStatus[] }) {
  const { t, i18n } = useTranslation();
  const metrics = useQuery(metricsQuery(useClient())).data;
  const metric = metrics?.find((one) => one.metric === rule.definition.metric);
  const unit = unitOf(rule.definition.value, metric);
  return (
    <ul className={alertStyles.groups}>
      {groups.map((group) => (
        <li key={group.group} className={styles.facts}>
          {groups.length > 1 || group.group !== "" ? (
            <>
              <StateBadge state={group.state} severity={group.severity} />
              <code>{group.group === "" ? t("alerts.no_group") : group.group}</code>
            </>
          ) : null}
          {group.value === undefined ? null : (
            <span>{t("alerts.value_is", { value: formatValue(group.value, unit, i18n.language) })}</span>
          )}
          <span>
            {t("alerts.since")} <RelativeTime at={group.since} />
          </span>
          {group.silenced_until === undefined ? null : <SilencedBadge until={group.silenced_until} />}
        </li>
      ))}
    </ul>
  );
}
