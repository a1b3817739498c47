import { type AlertRule, NotFoundError } from "@evenkeel/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Missing } from "../../ui/missing.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import styles from "../../ui/records.module.css";
import { Trail } from "../../ui/trail.tsx";
import { alertsAddress, newId } from "./addresses.ts";
import { StateBadge } from "./alert-badges.tsx";
import { severityOf } from "./alert-order.ts";
import { ruleQuery } from "./alert-queries.ts";
import { ChangeList } from "./change-list.tsx";
import { RuleEditor } from "./rule-editor.tsx";
import { GroupList } from "./rule-list.tsx";

/** A rule to be changed, or a new one. */
export function RuleView({ ruleId, isOperator }: { ruleId: string; isOperator: boolean }) {
  const { t } = useTranslation();
  if (ruleId !== newId) return <ExistingRule ruleId={ruleId} isOperator={isOperator} />;
  return (
    <>
      <Trail parents={[{ to: alertsAddress, label: t("alerts.title") }]} current={t("alerts.new")} />
      <RuleEditor rule={undefined} isOperator={isOperator} />
    </>
  );
}

function ExistingRule({ ruleId, isOperator }: { ruleId: string; isOperator: boolean }) {
  const { t } = useTranslation();
  const query = useQuery(ruleQuery(useClient(), ruleId));
  if (query.error instanceof NotFoundError) {
    return (
      <Missing title={t("alerts.gone")} text={t("alerts.gone_text")} to={alertsAddress}>
        {t("alerts.to_list")}
      </Missing>
    );
  }
  const name = query.data?.definition.name ?? t("alerts.rule");
  return (
    <>
      <Trail parents={[{ to: alertsAddress, label: t("alerts.title") }]} current={name} />
      <QueryProblem query={query} title={t("alerts.rule_failed")} />
      {query.isPending ? <Placeholder heights={[56, 320]} /> : null}
      {query.data === undefined ? null : (
        <>
          <RuleState rule={query.data} />
          <RuleEditor key={query.data.id} rule={query.data} isOperator={isOperator} />
          <section className={styles.section} aria-label={t("alerts.tab_history")}>
            <h2>{t("alerts.tab_history")}</h2>
            <ChangeList ruleId={ruleId} />
          </section>
        </>
      )}
    </>
  );
}

function RuleState({ rule }: { rule: AlertRule }) {
  const { t } = useTranslation();
  const { runbook_url: runbook } = rule.definition;
  return (
    <div className={styles.panel}>
      <div className={styles.line}>
        <StateBadge state={rule.state} severity={severityOf(rule)} />
        <span className={styles.links}>
          {runbook === undefined ? null : (
            <a href={runbook} target="_blank" rel="noreferrer noopener">
              {t("alerts.runbook")}
            </a>
          )}
          <span>{t(`alerts.origin_${rule.origin}`)}</span>
        </span>
      </div>
      {rule.groups.length === 0 ? null : <GroupList rule={rule} groups={rule.groups} />}
    </div>
  );
}
