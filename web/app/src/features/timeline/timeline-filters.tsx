import type { TimelineFilter } from "@evenkeel/sdk";
import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DateTimeField } from "../../ui/date-time-field.tsx";
import { FilterFields, inForce } from "../../ui/filter-fields.tsx";
import { IdFilter } from "../../ui/id-filter.tsx";
import { useFilterChange } from "../../ui/use-filter-change.ts";
import { WordFilter } from "../../ui/word-filter.tsx";
import { eventStatuses, severities } from "./timeline-filter.ts";
import { TypeFilter } from "./type-filter.tsx";

/** What narrows the events of all sessions; stands in the address. */
export function TimelineFilters({ filter }: { filter: TimelineFilter }) {
  const { t } = useTranslation();
  const change = useFilterChange();
  return (
    <FilterFields inForce={inForce(filter)}>
      <TypeFilter value={filter.type ?? ""} onChange={(type) => change("type", type)} />
      <StatusFilter value={filter.status ?? ""} onChange={(status) => change("status", status)} />
      <SeverityFilter value={filter.severity ?? ""} onChange={(severity) => change("severity", severity)} />
      {/* Another value came with the address: what was typed is no longer it. */}
      <WordFilter
        key={`error ${filter.errorType === undefined}`}
        label={t("turns.error_code")}
        value={filter.errorType ?? ""}
        onChange={(code) => change("error_type", code)}
      />
      <WordFilter
        key={`text ${filter.q === undefined}`}
        label={t("timeline.text")}
        value={filter.q ?? ""}
        onChange={(q) => change("q", q)}
      />
      <DateTimeField label={t("list.from")} value={filter.from ?? ""} onChange={(moment) => change("from", moment)} />
      <DateTimeField label={t("list.to")} value={filter.to ?? ""} onChange={(moment) => change("to", moment)} />
      <IdFilter
        label={t("turns.thread_id")}
        value={filter.sessionId ?? ""}
        onChange={(id) => change("session_id", id)}
      />
      <IdFilter label={t("turns.id")} value={filter.turnId ?? ""} onChange={(id) => change("turn_id", id)} />
      <IdFilter
        label={t("turns.correlation_id")}
        value={filter.correlationId ?? ""}
        onChange={(id) => change("correlation_id", id)}
      />
    </FilterFields>
  );
}

interface ChoiceProps {
  value: string;
  onChange: (value: string) => void;
}

function StatusFilter({ value, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const any = { value: "", label: t("list.any") };
  return (
    <NativeSelect
      label={t("turns.status")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[any, ...eventStatuses.map((status) => ({ value: status, label: t(`timeline.status_${status}`) }))]}
    />
  );
}

/** Narrows to how bad events are. */
export function SeverityFilter({ value, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const any = { value: "", label: t("list.any") };
  return (
    <NativeSelect
      label={t("timeline.severity")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[any, ...severities.map((one) => ({ value: one, label: t(`timeline.severity_${one}`) }))]}
    />
  );
}
