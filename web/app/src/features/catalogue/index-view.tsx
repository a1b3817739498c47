import type { SearchRebuild } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Badge } from "../../ui/badge.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { Trail } from "../../ui/trail.tsx";
import { eventsAddress } from "./addresses.ts";
import styles from "./catalogue.module.css";
import { indexQuery } from "./catalogue-queries.ts";

/** The index that events are searched in: whether it is in step with the catalogue, and making it anew. */
export function IndexView() {
  const { t } = useTranslation();
  const query = useQuery(indexQuery(useClient()));
  return (
    <>
      <Trail parents={[{ to: eventsAddress, label: t("catalogue.events") }]} current={t("catalogue.index")} />
      <section className={styles.section} aria-label={t("catalogue.index")}>
        <p className={styles.lead}>{t("catalogue.index_lead")}</p>
        {query.isError ? (
          <ProblemNotice title={t("catalogue.index_failed")} problem={describeProblem(query.error)}>
            <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
              {t("catalogue.again")}
            </Button>
          </ProblemNotice>
        ) : null}
        {query.isPending ? <Placeholder heights={[160]} /> : null}
        {query.data === undefined ? null : <IndexState index={query.data} />}
      </section>
    </>
  );
}

function IndexState({ index }: { index: SearchRebuild }) {
  const { t } = useTranslation();
  const isRunning = index.status === "running";
  return (
    <div className={styles.index}>
      <div role="status">
        <StateBadge index={index} />
      </div>
      {isRunning ? <Progress done={index.done} total={index.total} /> : null}
      <dl>
        <div>
          <dt>{t("catalogue.index_backend")}</dt>
          <dd>{index.backend === "elasticsearch" ? "Elasticsearch" : "PostgreSQL"}</dd>
        </div>
        <div>
          <dt>{t("catalogue.index_rebuilt")}</dt>
          <dd>
            {index.finished_at === undefined ? (
              t(isRunning ? "catalogue.index_building" : "catalogue.index_never")
            ) : (
              <RelativeTime at={index.finished_at} />
            )}
          </dd>
        </div>
      </dl>
      <Rebuild isRunning={isRunning} />
    </div>
  );
}

function StateBadge({ index: { status, waiting } }: { index: SearchRebuild }) {
  const { t } = useTranslation();
  if (waiting > 0) {
    return (
      <Badge tone="warning" icon="warning">
        {t("catalogue.index_waiting", { count: waiting })}
      </Badge>
    );
  }
  return status === "running" ? (
    <Badge tone="accent" icon="retry">
      {t("catalogue.index_building")}
    </Badge>
  ) : (
    <Badge tone="good" icon="check">
      {t("catalogue.index_in_step")}
    </Badge>
  );
}

function Progress({ done, total }: { done: number; total: number }) {
  const { t } = useTranslation();
  return (
    <>
      <ProgressBar label={t("catalogue.index_building")} fraction={total === 0 ? undefined : done / total} />
      <p>{t("catalogue.index_progress", { done, total })}</p>
    </>
  );
}

function Rebuild({ isRunning }: { isRunning: boolean }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const rebuild = useMutation({
    mutationFn: () => client.search.rebuild(),
    onSuccess: (index) => queries.setQueryData(indexQuery(client).queryKey, index),
  });
  return (
    <>
      <p>{t("catalogue.index_rebuild_hint")}</p>
      {rebuild.isError ? (
        <ProblemNotice title={t("catalogue.index_rebuild_failed")} problem={describeProblem(rebuild.error)} />
      ) : null}
      <Button variant="default" loading={rebuild.isPending} disabled={isRunning} onClick={() => rebuild.mutate()}>
        {t("catalogue.index_rebuild")}
      </Button>
    </>
  );
}
