import type { BulkAction, TurnSummary } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { sessionAddress, timelineAddress, turnsAddress } from "../../ui/operations-addresses.ts";
import { readAnew } from "../../ui/read-anew.ts";
import styles from "../../ui/records.module.css";
import { BulkDialog } from "./bulk-dialog.tsx";
import { BulkJobs } from "./bulk-jobs.tsx";

const hour = 3_600_000;

/** The time of a turn, with some more on both sides. */
function aroundOf(turn: TurnSummary): { from: string; to: string } {
  const end = turn.ended_at === undefined ? Date.now() : Date.parse(turn.ended_at);
  return {
    from: new Date(Date.parse(turn.queued_at) - hour).toISOString(),
    to: new Date(end + hour).toISOString(),
  };
}

/** Where to look on from a turn, and what can be done to it. */
export function TurnActions({ turn }: { turn: TurnSummary }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [action, setAction] = useState<BulkAction>();
  const actions: readonly BulkAction[] = [
    turn.is_pinned ? "unpin" : "pin",
    "export_events",
    ...(turn.status === "failed" ? (["retry_turns"] as const) : []),
  ];
  return (
    <div className={styles.section}>
      <p className={styles.links}>
        <Link to={sessionAddress(turn.thread_id)}>{t("turns.to_session")}</Link>
        <Link to={turnsAddress({ thread_id: turn.thread_id })}>{t("turns.to_siblings")}</Link>
        <Link to={timelineAddress({ correlation_id: turn.correlation_id, ...aroundOf(turn) })}>
          {t("turns.to_correlated")}
        </Link>
      </p>
      <div className={styles.buttons}>
        {actions.map((one) => (
          <Button key={one} size="xs" variant="default" onClick={() => setAction(one)}>
            {t(`turns.action_${one}`)}
          </Button>
        ))}
      </div>
      <BulkJobs />
      {action === undefined ? null : (
        <BulkDialog
          action={action}
          target={{ turn_ids: [turn.id] }}
          onClose={() => setAction(undefined)}
          onStarted={() => void readAnew(queries, ["turns", "turn", turn.id])}
        />
      )}
    </div>
  );
}
