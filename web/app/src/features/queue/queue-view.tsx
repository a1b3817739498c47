import type { QueueStatus } from "@evenkeel/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Figure, Figures } from "../../ui/figure.tsx";
import { formatDuration } from "../../ui/format-duration.ts";
import { turnsAddress } from "../../ui/operations-addresses.ts";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import styles from "../../ui/records.module.css";
import { queueQuery } from "./queue-query.ts";
import { WorkerList } from "./worker-list.tsx";

/** Turns that wait and are worked on, and who works. Looks again by itself. */
export function QueueView() {
  const { t } = useTranslation();
  const query = useQuery(queueQuery(useClient()));
  return (
    <section className={styles.section} aria-label={t("queue.title")}>
      <p className={styles.lead}>{t("queue.lead")}</p>
      <QueryProblem query={query} title={t("queue.failed_to_load")} />
      {query.isPending ? <Placeholder heights={[88, 160]} /> : null}
      {query.data === undefined ? null : (
        <>
          <QueueFigures queue={query.data} />
          <WorkerList workers={query.data.workers} />
        </>
      )}
    </section>
  );
}

/** A turn that waits longer than this is longer than people like to wait. */
const longWaitSeconds = 30;

function QueueFigures({ queue }: { queue: QueueStatus }) {
  const { t, i18n } = useTranslation();
  const amount = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  const { oldest_queued_seconds: oldest, failed_last_hour: failed } = queue;
  return (
    <Figures label={t("queue.figures")}>
      <Figure name={t("queue.queued")} to={turnsAddress({ status: "queued" })}>
        {amount(queue.queued)}
      </Figure>
      <Figure name={t("queue.oldest")} tone={oldest > longWaitSeconds ? "warning" : undefined}>
        {queue.queued === 0 ? "–" : formatDuration(oldest * 1000, i18n.language)}
      </Figure>
      <Figure name={t("queue.running")} to={turnsAddress({ status: "running" })}>
        {amount(queue.running)}
      </Figure>
      <Figure name={t("queue.retried")} tone={queue.retried > 0 ? "warning" : undefined}>
        {amount(queue.retried)}
      </Figure>
      <Figure name={t("queue.failed")} tone={failed > 0 ? "danger" : undefined} to={turnsAddress({ status: "failed" })}>
        {amount(failed)}
      </Figure>
    </Figures>
  );
}
