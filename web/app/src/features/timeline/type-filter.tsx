import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { eventTypesQuery } from "./timeline-queries.ts";

interface TypeFilterProps {
  value: string;
  /** Types seen on the page, whether they are still registered or not. */
  seen?: readonly string[];
  onChange: (type: string) => void;
}

/** Narrows to a type of events. */
export function TypeFilter({ value, seen = [], onChange }: TypeFilterProps) {
  const { t } = useTranslation();
  const known = useQuery(eventTypesQuery(useClient())).data?.items ?? [];
  const types = new Set([...known.map((type) => type.event_type), ...seen, ...(value === "" ? [] : [value])]);
  return (
    <Select
      label={t("timeline.type")}
      placeholder={t("list.any")}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("timeline.any_type") }}
      nothingFoundMessage={t("timeline.no_type")}
      value={value === "" ? null : value}
      onChange={(type) => onChange(type ?? "")}
      data={[...types].sort()}
    />
  );
}
