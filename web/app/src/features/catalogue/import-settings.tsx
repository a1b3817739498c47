import type { ImportFormat } from "@evenkeel/sdk";
import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./catalogue.module.css";
import { ColumnMapping } from "./column-mapping.tsx";
import type { ChosenImport } from "./import-chooser.tsx";
import { importFormats, type Mapping } from "./import-file.ts";
import { hintBelow, TimeZoneSelect } from "./time-zone-select.tsx";

/** How a file is read. */
export interface Settings {
  format: ImportFormat;
  timeZone: string;
  /** Of a conference collection; empty = the name of the file. */
  category: string;
  /** Of a table; null = the server tells the columns by their names. */
  mapping: Mapping | null;
}

interface ImportSettingsProps {
  chosen: ChosenImport;
  settings: Settings;
  isBusy: boolean;
  onChange: (settings: Settings) => void;
}

/** Says how a file is read: its format, and what that format does not tell. */
export function ImportSettings({ chosen, settings, isBusy, onChange }: ImportSettingsProps) {
  const { t } = useTranslation();
  const { format, timeZone, category, mapping } = settings;
  return (
    <>
      <div className={styles.pair}>
        <NativeSelect
          label={t("catalogue.format")}
          value={format}
          disabled={isBusy}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...settings, format: importFormats.find((one) => one === value) ?? "json" })
          }
          data={importFormats.map((one) => ({ value: one, label: t(`catalogue.format_${one}`) }))}
        />
        <TimeZoneSelect
          label={t("catalogue.time_zone")}
          description={t("catalogue.import_time_zone_hint")}
          value={timeZone}
          onChange={(zone) => onChange({ ...settings, timeZone: zone })}
        />
        {format === "conferences" ? (
          <TextInput
            label={t("catalogue.category")}
            description={t("catalogue.category_hint", { name: chosen.file.name.replace(/\.[^.]*$/, "") })}
            inputWrapperOrder={hintBelow}
            value={category}
            maxLength={60}
            disabled={isBusy}
            onChange={(event) => onChange({ ...settings, category: event.currentTarget.value })}
          />
        ) : null}
      </div>
      {format === "csv" ? (
        <ColumnMapping
          preview={chosen.preview}
          mapping={mapping}
          onChange={(next) => onChange({ ...settings, mapping: next })}
        />
      ) : null}
    </>
  );
}
