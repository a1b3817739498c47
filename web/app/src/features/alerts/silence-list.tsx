import type { AlertSilence } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import styles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ruleAddress } from "./addresses.ts";
import { refreshAlerts, rulesQuery, silencesQuery } from "./alert-queries.ts";
import { SilenceModal } from "./silence-modal.tsx";

/** What nobody is told of for a while, by whom and why. */
export function SilenceList({ isOperator }: { isOperator: boolean }) {
  const { t } = useTranslation();
  const query = useQuery(silencesQuery(useClient()));
  const [isAdding, setIsAdding] = useState(false);
  const [ending, setEnding] = useState<AlertSilence>();
  const client = useClient();
  const queries = useQueryClient();
  const silences = query.data?.items ?? [];
  return (
    <div className={styles.section}>
      <div className={styles.head}>
        <p>{t("alerts.silences_lead")}</p>
        <Button variant="default" size="sm" onClick={() => setIsAdding(true)}>
          {t("alerts.silence_all")}
        </Button>
      </div>
      <QueryProblem query={query} title={t("alerts.silences_failed")} />
      {query.isPending ? <Placeholder heights={[64]} /> : null}
      {query.isSuccess && silences.length === 0 ? <Empty icon="check" title={t("alerts.silences_empty")} /> : null}
      {silences.length === 0 ? null : (
        <ul className={styles.rows}>
          {silences.map((silence) => (
            <li key={silence.id}>
              <SilenceRow silence={silence} onEnd={() => setEnding(silence)} />
            </li>
          ))}
        </ul>
      )}
      {isAdding ? <SilenceModal rule={undefined} isOperator={isOperator} onClose={() => setIsAdding(false)} /> : null}
      {ending === undefined ? null : (
        <ConfirmDialog
          title={t("alerts.end_silence")}
          action={t("alerts.end_silence")}
          isHarmless
          carryOut={() => client.alerts.endSilence(ending.id)}
          onClose={() => setEnding(undefined)}
          onDone={() => refreshAlerts(queries)}
        >
          <p className={styles.loss}>{t("alerts.end_silence_text")}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

function SilenceRow({ silence, onEnd }: { silence: AlertSilence; onEnd: () => void }) {
  const { t } = useTranslation();
  const rules = useQuery(rulesQuery(useClient())).data?.items ?? [];
  const rule = rules.find(({ id }) => id === silence.rule_id);
  return (
    <>
      <div className={styles.line}>
        <p className={styles.name}>
          {silence.rule_id === undefined ? (
            t("alerts.all_rules")
          ) : (
            <Link to={ruleAddress(silence.rule_id)}>{rule?.definition.name ?? silence.rule_id}</Link>
          )}
          {silence.group === undefined ? null : <code> {silence.group}</code>}
        </p>
        <Button size="compact-xs" variant="default" onClick={onEnd}>
          {t("alerts.end_silence")}
        </Button>
      </div>
      <p className={styles.facts}>
        <span>{silence.reason}</span>
        <span>{silence.author}</span>
        {silence.is_of_installation ? <span>{t("alerts.of_installation")}</span> : null}
        <span>
          {t("alerts.ends")} <RelativeTime at={silence.ends_at} />
        </span>
      </p>
    </>
  );
}
