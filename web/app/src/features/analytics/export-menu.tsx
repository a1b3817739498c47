import { Button, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Icon } from "../../ui/icons.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemModal } from "../../ui/problem-modal.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { type Source, seriesSpec } from "./analytics-queries.ts";
import type { TimeWindow } from "./time-window.ts";

const formats = ["csv", "jsonl"] as const;

/** Hands what a chart is drawn from to the browser's downloads, a file for each metric. */
export function ExportMenu({ sources, window }: { sources: readonly Source[]; window: TimeWindow }) {
  const { t } = useTranslation();
  const client = useClient();
  const download = useMutation({
    mutationFn: async (format: (typeof formats)[number]) => {
      for (const source of sources) {
        const content = await client.analytics.export(seriesSpec({ ...source }, window), format);
        saveFile(content, `${source.metric}.${format}`);
      }
    },
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            loading={download.isPending}
            rightSection={<Icon name="chevron" size={12} />}
          >
            {t("analytics.export")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((format) => (
            <Menu.Item key={format} onClick={() => download.mutate(format)}>
              {format.toUpperCase()}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {download.isError ? (
        <ProblemModal
          title={t("analytics.export_failed")}
          problem={describeProblem(download.error)}
          onClose={download.reset}
        />
      ) : null}
    </>
  );
}
