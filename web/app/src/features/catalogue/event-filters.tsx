import type { EventFilter } from "@evenkeel/sdk";
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AttendingSelect } from "../../ui/events/attending-select.tsx";
import { useFilterChange } from "../../ui/use-filter-change.ts";
import { WordFilter } from "../../ui/word-filter.tsx";
import styles from "./catalogue.module.css";
import { PlacePicker } from "./place-picker.tsx";

/** What narrows the list of events; stands in the address. */
export function EventFilters({ filter }: { filter: EventFilter }) {
  const { t } = useTranslation();
  const change = useFilterChange();
  return (
    <div className={styles.filters}>
      <WordFilter label={t("catalogue.filter_words")} value={filter.q ?? ""} onChange={(q) => change("q", q)} />
      <WordFilter
        label={t("catalogue.filter_category")}
        value={filter.category ?? ""}
        onChange={(category) => change("category", category)}
      />
      <PlacePicker
        label={t("search.place")}
        value={filter.locationId ?? null}
        onChange={(id) => change("place", id ?? "")}
      />
      <TextInput
        type="date"
        label={t("search.from")}
        value={filter.from ?? ""}
        onChange={(event) => change("from", event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t("search.to")}
        value={filter.to ?? ""}
        onChange={(event) => change("to", event.currentTarget.value)}
      />
      <AttendingSelect value={filter.virtual} onChange={(virtual) => change("virtual", virtual?.toString() ?? "")} />
    </div>
  );
}
