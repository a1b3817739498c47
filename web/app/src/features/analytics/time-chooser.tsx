import { SegmentedControl, Switch } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { DateTimeField } from "../../ui/date-time-field.tsx";
import styles from "./analytics.module.css";
import { type RangeName, rangeNames, type TimeWindow } from "./time-window.ts";

/** Which time is looked at, and whether it is compared; stands in the address. Other choices stand between. */
export function TimeChooser({ window, children }: { window: TimeWindow; children?: ReactNode }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const change = (values: Readonly<Record<string, string>>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(values)) {
      if (value === "") next.delete(name);
      else next.set(name, value);
    }
    setSearch(next, { replace: true });
  };
  const time = { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() };
  const choose = (range: RangeName) => change(range === "own" ? { range, ...time } : { range, from: "", to: "" });
  return (
    <div className={styles.chooser}>
      <SegmentedControl
        size="xs"
        aria-label={t("analytics.range")}
        value={window.range}
        onChange={(value) => choose(value as RangeName)}
        data={rangeNames.map((value) => ({ value, label: t(`analytics.range_${value}`) }))}
      />
      {window.range === "own" ? (
        <>
          <DateTimeField label={t("list.from")} value={time.from} onChange={(from) => change({ from })} />
          <DateTimeField label={t("list.to")} value={time.to} onChange={(to) => change({ to })} />
        </>
      ) : null}
      {children}
      <Switch
        size="sm"
        label={t("analytics.compare")}
        checked={window.isCompared}
        onChange={(event) => change({ compare: event.currentTarget.checked ? "true" : "" })}
      />
    </div>
  );
}
