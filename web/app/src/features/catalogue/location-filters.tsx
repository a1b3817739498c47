import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFilterChange } from "../../ui/use-filter-change.ts";
import { WordFilter } from "../../ui/word-filter.tsx";
import styles from "./catalogue.module.css";
import type { LocationFilter } from "./catalogue-queries.ts";
import { locationKinds } from "./location-fields.ts";

/** What narrows the list of places; stands in the address. */
export function LocationFilters({ filter }: { filter: LocationFilter }) {
  const { t } = useTranslation();
  const change = useFilterChange();
  return (
    <div className={styles.filters}>
      <WordFilter label={t("catalogue.name")} value={filter.q ?? ""} onChange={(q) => change("q", q)} />
      <NativeSelect
        label={t("catalogue.kind")}
        value={filter.kind ?? ""}
        onChange={(event) => change("kind", event.currentTarget.value)}
        data={[
          { value: "", label: t("catalogue.kind_any") },
          ...locationKinds.map((kind) => ({ value: kind, label: t(`catalogue.kind_${kind}`) })),
        ]}
      />
    </div>
  );
}
