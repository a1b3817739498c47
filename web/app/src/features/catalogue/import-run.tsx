import type { ImportReport } from "@evenkeel/sdk";
import { Button, Group, Progress } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { personTimeZone } from "../../ui/events/event-days.ts";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import pageStyles from "./catalogue.module.css";
import { refreshCatalogue } from "./catalogue-queries.ts";
import styles from "./import.module.css";
import type { ChosenImport } from "./import-chooser.tsx";
import { ImportReportView } from "./import-report.tsx";
import { ImportSettings, type Settings } from "./import-settings.tsx";

/** How a chosen file is read, what that would do, and doing it. */
export function ImportRun({ chosen }: { chosen: ChosenImport }) {
  const { t } = useTranslation();
  const [settings, setSettings] = useState<Settings>({
    format: chosen.format,
    timeZone: personTimeZone(),
    category: "",
    mapping: null,
  });
  const run = useImport(chosen.file);
  const start = (isDryRun: boolean) => run.mutate({ isDryRun, ...optionsOf(settings) });
  const change = (next: Settings) => {
    // What was found out is about the settings it was found out with.
    run.reset();
    setSettings(next);
  };
  const isBusy = run.isPending;
  return (
    <section className={pageStyles.section} aria-label={t("catalogue.import")}>
      <ImportSettings chosen={chosen} settings={settings} isBusy={isBusy} onChange={change} />
      <Group gap="sm">
        <Button
          variant="default"
          loading={isBusy && run.variables.isDryRun}
          disabled={isBusy}
          onClick={() => start(true)}
        >
          {t("catalogue.dry_run")}
        </Button>
        <Button
          loading={isBusy && !run.variables.isDryRun}
          disabled={isBusy || !mayImport(run.data)}
          onClick={() => start(false)}
        >
          {t("catalogue.import_now")}
        </Button>
      </Group>
      {isBusy ? <Progress value={run.progress * 100} animated aria-label={t("catalogue.sending")} /> : null}
      <div className={styles.report} aria-live="polite">
        {run.isError ? (
          <ProblemNotice title={t("catalogue.import_failed")} problem={describeProblem(run.error)} />
        ) : null}
        {run.data === undefined ? null : <ImportReportView report={run.data} />}
      </div>
    </section>
  );
}

/** Only what has been looked at first, and would do something. */
function mayImport(report: ImportReport | undefined): boolean {
  return report?.dry_run === true && report.created + report.updated + report.removed > 0;
}

/** What of the settings the format has a use for. */
function optionsOf({ format, timeZone, category, mapping }: Settings): Omit<RunOptions, "isDryRun"> {
  return {
    format,
    timeZone: timeZone === "" ? undefined : timeZone,
    ...(format === "csv" && mapping !== null ? { mapping } : {}),
    ...(format === "conferences" && category.trim() !== "" ? { category: category.trim() } : {}),
  };
}

type RunOptions = Omit<
  Parameters<ReturnType<typeof useClient>["catalogue"]["importEvents"]>[1],
  "onProgress" | "signal"
>;

function useImport(file: File) {
  const client = useClient();
  const queries = useQueryClient();
  const [progress, setProgress] = useState(0);
  const mutation = useMutation({
    mutationFn: (options: RunOptions) => {
      setProgress(0);
      return client.catalogue.importEvents({ name: file.name, content: file }, { ...options, onProgress: setProgress });
    },
    onSuccess: (report) => (report.dry_run ? undefined : refreshCatalogue(queries)),
  });
  return { ...mutation, progress };
}
