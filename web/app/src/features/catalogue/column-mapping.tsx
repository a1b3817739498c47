import { Checkbox, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import pageStyles from "./catalogue.module.css";
import styles from "./import.module.css";
import { columnFields, guessMapping, type Mapping, type TablePreview } from "./import-file.ts";

interface ColumnMappingProps {
  preview: TablePreview;
  /** Null = told by the names of the columns. */
  mapping: Mapping | null;
  onChange: (mapping: Mapping | null) => void;
}

/** Which column of a table is what, beside its first rows. */
export function ColumnMapping({ preview, mapping, onChange }: ColumnMappingProps) {
  const { t } = useTranslation();
  const columns = [...new Set(preview.header.filter((name) => name !== ""))];
  return (
    <>
      <TableOfPreview preview={preview} />
      <Checkbox
        label={t("catalogue.columns_by_name")}
        description={t("catalogue.columns_by_name_hint")}
        checked={mapping === null}
        onChange={(event) => onChange(event.currentTarget.checked ? null : guessMapping(columns))}
      />
      {mapping === null ? null : (
        <fieldset className={styles.mapping}>
          <legend>{t("catalogue.columns")}</legend>
          <div className={pageStyles.filters}>
            {columnFields.map((field) => (
              <NativeSelect
                key={field}
                label={t(`catalogue.field_${field}`)}
                required={field === "title" || field === "starts"}
                value={mapping[field] ?? ""}
                onChange={({ currentTarget: { value } }) => {
                  const { [field]: _, ...others } = mapping;
                  onChange(value === "" ? others : { ...others, [field]: value });
                }}
                data={[
                  { value: "", label: t("catalogue.column_none") },
                  ...columns.map((name) => ({ value: name, label: name })),
                ]}
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}

function TableOfPreview({ preview: { header, rows } }: { preview: TablePreview }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls by keyboard has to get there.
    <section className={styles.scroll} tabIndex={0} aria-label={t("catalogue.preview")}>
      <table>
        <caption>{t("catalogue.preview")}</caption>
        <thead>
          <tr>
            {header.map((name, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns may have the same name, and never move.
              <th key={column} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing else, and never move.
            <tr key={line}>
              {header.map((_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <td key={column}>{row[column] ?? ""}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
