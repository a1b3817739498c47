import type { ImportReport } from "@evenkeel/sdk";
import { Button, Group, NativeSelect, Progress, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { personTimeZone } from "../../ui/events/event-days.ts";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import pageStyles from "./catalogue.module.css";
import { refreshCatalogue } from "./catalogue-queries.ts";
import { ColumnMapping } from "./column-mapping.tsx";
import styles from "./import.module.css";
import type { ChosenImport } from "./import-chooser.tsx";
import { importFormats, type Mapping } from "./import-file.ts";
import { ImportReportView } from "./import-report.tsx";
import { TimeZoneSelect } from "./time-zone-select.tsx";

/** How a chosen file is read, what that would do, and doing it. */
export function ImportRun({ chosen }: { chosen: ChosenImport }) {
  const { t } = useTranslation();
  const [format, setFormat] = useState(chosen.format);
  const [timeZone, setTimeZone] = useState(personTimeZone);
  const [category, setCategory] = useState("");
  // Null = the server tells the columns by their names.
  const [mapping, setMapping] = useState<Mapping | null>(null);
  const run = useImport(chosen.file);
  const start = (isDryRun: boolean) =>
    run.mutate({
      format,
      isDryRun,
      timeZone,
      ...(format === "csv" && mapping !== null ? { mapping } : {}),
      ...(format === "conferences" && category.trim() !== "" ? { category: category.trim() } : {}),
    });
  /** What was found out is about the settings it was found out with. */
  const changed = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      run.reset();
      set(value);
    };
  };
  const isBusy = run.isPending;
  return (
    <section className={pageStyles.section} aria-label={t("catalogue.import")}>
      <div className={pageStyles.pair}>
        <NativeSelect
          label={t("catalogue.format")}
          value={format}
          disabled={isBusy}
          onChange={({ currentTarget: { value } }) =>
            changed(setFormat)(importFormats.find((one) => one === value) ?? "json")
          }
          data={importFormats.map((one) => ({ value: one, label: t(`catalogue.format_${one}`) }))}
        />
        <TimeZoneSelect
          label={t("catalogue.time_zone")}
          description={t("catalogue.import_time_zone_hint")}
          isHintBelow
          value={timeZone}
          onChange={changed(setTimeZone)}
        />
        {format === "conferences" ? (
          <TextInput
            label={t("catalogue.category")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            description={t("catalogue.category_hint", { name: chosen.file.name.replace(/\.[^.]*$/, "") })}
            value={category}
            maxLength={60}
            disabled={isBusy}
            onChange={(event) => changed(setCategory)(event.currentTarget.value)}
          />
        ) : null}
      </div>
      {format === "csv" ? (
        <ColumnMapping preview={chosen.preview} mapping={mapping} onChange={changed(setMapping)} />
      ) : null}
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
