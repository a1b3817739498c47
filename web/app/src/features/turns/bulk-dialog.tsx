import type { BulkAction, BulkRequest } from "@evenkeel/sdk";
import { Button, Group } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { readAnew } from "../../ui/read-anew.ts";
import styles from "../../ui/records.module.css";
import { jobsQuery, previewQuery } from "./turn-queries.ts";

interface BulkDialogProps {
  action: BulkAction;
  target: Pick<BulkRequest, "turn_ids" | "filter">;
  onClose: () => void;
  onStarted: () => void;
}

/** Says how many turns an operation is about and what it means, and starts it once that is confirmed. */
export function BulkDialog({ action, target, onClose, onStarted }: BulkDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const preview = useQuery(previewQuery(client, { action, ...target }));
  const start = useMutation({
    // More turns than were counted are not touched without another look.
    mutationFn: (count: number) => client.bulk.start({ action, ...target, expected_count: count }),
    onSuccess: async () => {
      onClose();
      onStarted();
      await readAnew(queries, jobsQuery(client).queryKey);
    },
  });
  const count = preview.data?.total;
  return (
    <Dialog onClose={onClose} title={t(`turns.action_${action}`)}>
      {preview.isPending ? <Placeholder heights={[24, 48]} /> : null}
      <QueryProblem query={preview} title={t("turns.count_failed")} />
      {preview.data === undefined ? null : (
        <>
          <p className={styles.loss} role="status">
            {t("turns.about_turns", { count: preview.data.total })}
            {preview.data.skipped > 0 ? ` ${t("turns.left_out", { count: preview.data.skipped })}` : ""}
          </p>
          <p className={styles.loss}>{t(`turns.means_${action}`)}</p>
        </>
      )}
      {start.isError ? <ProblemNotice problem={describeProblem(start.error)} /> : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("list.cancel")}
        </Button>
        <Button
          {...(action === "delete_events" ? { color: "red.8" } : {})}
          disabled={count === undefined || count === 0}
          loading={start.isPending}
          onClick={() => start.mutate(count ?? 0)}
        >
          {t(`turns.action_${action}`)}
        </Button>
      </Group>
    </Dialog>
  );
}
