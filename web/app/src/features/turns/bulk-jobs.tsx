import type { BulkJob } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Badge } from "../../ui/badge.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { readAnew } from "../../ui/read-anew.ts";
import recordStyles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { isUnderWay, jobsQuery } from "./turn-queries.ts";
import styles from "./turns.module.css";

/** Operations on many turns: those under way, and the latest that were. Nothing where there never was one. */
export function BulkJobs() {
  const { t } = useTranslation();
  const query = useQuery(jobsQuery(useClient()));
  const jobs = query.data?.items ?? [];
  const running = jobs.filter(isUnderWay).length;
  const newest = jobs[0]?.id;
  // What was started here is shown, and stays so when it ends: its result is wanted.
  const [seen, setSeen] = useState<{ newest: string | undefined; isOpen: boolean }>();
  if (query.isSuccess && (seen === undefined || seen.newest !== newest)) {
    setSeen({ newest, isOpen: seen !== undefined || running > 0 });
  }
  if (jobs.length === 0) return null;
  return (
    <details
      className={recordStyles.panel}
      open={seen?.isOpen === true}
      onToggle={(event) => setSeen({ newest, isOpen: event.currentTarget.open })}
    >
      <summary>{running > 0 ? t("turns.jobs_running", { count: running }) : t("turns.jobs")}</summary>
      <ul className={styles.jobs}>
        {jobs.map((job) => (
          <li key={job.id} className={styles.job}>
            <Job job={job} />
          </li>
        ))}
      </ul>
    </details>
  );
}

const looks = {
  preview: { tone: "neutral", icon: "clock" },
  queued: { tone: "neutral", icon: "clock" },
  running: { tone: "accent", icon: "pulse" },
  done: { tone: "good", icon: "check" },
  failed: { tone: "danger", icon: "close" },
  cancelled: { tone: "neutral", icon: "stop" },
} as const;

function Job({ job }: { job: BulkJob }) {
  const { t } = useTranslation();
  const name = t(`turns.action_${job.action}`);
  const fraction = job.total === 0 ? undefined : (job.done + job.skipped) / job.total;
  return (
    <>
      <div className={recordStyles.line}>
        <p className={recordStyles.name}>{name}</p>
        <Badge {...looks[job.status]}>{t(`turns.job_${job.status}`)}</Badge>
      </div>
      {isUnderWay(job) ? <ProgressBar label={name} fraction={fraction} /> : null}
      <p className={recordStyles.facts}>
        <span>{t("turns.job_progress", { done: job.done, total: job.total })}</span>
        {job.skipped > 0 ? <span>{t("turns.job_skipped", { count: job.skipped })}</span> : null}
        {job.error_code === undefined ? null : <code>{job.error_code}</code>}
        {job.created_at === undefined ? null : <RelativeTime at={job.created_at} />}
      </p>
      <JobButtons job={job} />
    </>
  );
}

function JobButtons({ job }: { job: BulkJob }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => client.bulk.cancel(job.id ?? ""),
    onSettled: () => readAnew(queries, jobsQuery(client).queryKey),
  });
  const download = useMutation({
    mutationFn: async () => saveFile(await client.bulk.result(job), `events-${job.id}.jsonl`),
  });
  const failure = cancel.error ?? download.error;
  return (
    <>
      {failure === null ? null : <ProblemNotice problem={describeProblem(failure)} />}
      <div className={recordStyles.buttons}>
        {isUnderWay(job) ? (
          <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t("turns.job_cancel")}
          </Button>
        ) : null}
        {job.status === "done" && job.result_url !== undefined ? (
          <Button size="xs" variant="default" loading={download.isPending} onClick={() => download.mutate()}>
            {t("turns.job_download")}
          </Button>
        ) : null}
      </div>
    </>
  );
}
