import type { WorkerStatus } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";
import { CopiedId } from "../../ui/copied-id.tsx";
import styles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";

/** Processes that answer; only who runs the server is told of them. */
export function WorkerList({ workers }: { workers: readonly WorkerStatus[] | undefined }) {
  const { t } = useTranslation();
  if (workers === undefined) return null;
  const alive = workers.filter((worker) => worker.is_alive).length;
  return (
    <section className={styles.section} aria-label={t("queue.workers")}>
      <div className={styles.line}>
        <h2>{t("queue.workers")}</h2>
        {alive === 0 ? (
          <Badge tone="danger" icon="warning">
            {t("queue.none_alive")}
          </Badge>
        ) : (
          <Badge tone="good" icon="check">
            {t("queue.alive", { count: alive })}
          </Badge>
        )}
      </div>
      {alive === 0 ? <p className={styles.lead}>{t("queue.none_alive_text")}</p> : null}
      {workers.length === 0 ? null : (
        <ul className={styles.rows}>
          {workers.map((worker) => (
            <li key={worker.id}>
              <Worker worker={worker} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Worker({ worker }: { worker: WorkerStatus }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.line}>
        <CopiedId id={worker.id} label={t("list.copy_id")} />
        {worker.is_alive ? (
          <Badge tone="good" icon="check">
            {t("queue.is_alive")}
          </Badge>
        ) : (
          <Badge tone="neutral" icon="close">
            {t("queue.is_gone")}
          </Badge>
        )}
      </div>
      <p className={styles.facts}>
        <span>{t("queue.worker_turns", { count: worker.running_turns })}</span>
        <span>
          {t("queue.heartbeat")} <RelativeTime at={worker.seen_at} />
        </span>
        <span>
          {t("queue.started")} <RelativeTime at={worker.started_at} />
        </span>
      </p>
    </>
  );
}
