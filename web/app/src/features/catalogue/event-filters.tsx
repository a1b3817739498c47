import type { EventFilter } from "@evenkeel/sdk";
import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import styles from "./catalogue.module.css";
import { withValue } from "./event-filter.ts";
import { PlacePicker } from "./place-picker.tsx";
import { WordFilter } from "./word-filter.tsx";

/** What narrows the list of events; stands in the address. */
export function EventFilters({ filter }: { filter: EventFilter }) {
  const { t } = useTranslation();
  const [, setSearch] = useSearchParams();
  const change = (name: string, value: string) =>
    setSearch((current) => withValue(current, name, value), { replace: true });
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
      <NativeSelect
        label={t("search.attend")}
        value={filter.virtual === undefined ? "" : String(filter.virtual)}
        onChange={(event) => change("virtual", event.currentTarget.value)}
        data={[
          { value: "", label: t("search.attend_any") },
          { value: "true", label: t("events.online") },
          { value: "false", label: t("events.in_person") },
        ]}
      />
    </div>
  );
}
