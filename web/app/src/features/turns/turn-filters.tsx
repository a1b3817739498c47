import type { TurnFilter } from "@evenkeel/sdk";
import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DateTimeField } from "../../ui/date-time-field.tsx";
import { FilterFields, inForce } from "../../ui/filter-fields.tsx";
import { IdFilter } from "../../ui/id-filter.tsx";
import { useFilterChange } from "../../ui/use-filter-change.ts";
import { WordFilter } from "../../ui/word-filter.tsx";
import { turnFeedbacks, turnStatuses } from "./turn-filter.ts";

/** A chatbot to choose. */
export interface ChatbotChoice {
  id: string;
  name: string;
}

/** What narrows the list of turns; stands in the address. */
export function TurnFilters({ filter, chatbots }: { filter: TurnFilter; chatbots: readonly ChatbotChoice[] }) {
  const { t } = useTranslation();
  const change = useFilterChange();
  const any = { value: "", label: t("list.any") };
  return (
    <FilterFields inForce={inForce(filter)}>
      <NativeSelect
        label={t("turns.status")}
        value={filter.status ?? ""}
        onChange={(event) => change("status", event.currentTarget.value)}
        data={[any, ...turnStatuses.map((value) => ({ value, label: t(`turns.status_${value}`) }))]}
      />
      {/* Another value came with the address: what was typed is no longer it. */}
      <WordFilter
        key={`error ${filter.errorCode === undefined}`}
        label={t("turns.error_code")}
        value={filter.errorCode ?? ""}
        onChange={(code) => change("error_code", code)}
      />
      <WordFilter
        key={`model ${filter.model === undefined}`}
        label={t("turns.model")}
        value={filter.model ?? ""}
        onChange={(model) => change("model", model)}
      />
      <NativeSelect
        label={t("turns.chatbot")}
        value={filter.chatbotId ?? ""}
        onChange={(event) => change("chatbot_id", event.currentTarget.value)}
        data={[any, ...chatbots.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <NativeSelect
        label={t("turns.feedback")}
        value={filter.feedback ?? ""}
        onChange={(event) => change("feedback", event.currentTarget.value)}
        data={[
          any,
          ...turnFeedbacks.map((value) => ({
            value,
            label: t(value === "any" ? "turns.feedback_any" : `feedback.${value}`),
          })),
        ]}
      />
      <DateTimeField label={t("list.from")} value={filter.from ?? ""} onChange={(moment) => change("from", moment)} />
      <DateTimeField label={t("list.to")} value={filter.to ?? ""} onChange={(moment) => change("to", moment)} />
      <EndedFields filter={filter} />
      <IdFilter
        label={t("turns.correlation_id")}
        value={filter.correlationId ?? ""}
        onChange={(id) => change("correlation_id", id)}
      />
      <IdFilter label={t("turns.thread_id")} value={filter.threadId ?? ""} onChange={(id) => change("thread_id", id)} />
    </FilterFields>
  );
}

/** When they ended: links of charts ask for it, and it is rarely looked for otherwise. */
function EndedFields({ filter: { endedFrom, endedTo } }: { filter: TurnFilter }) {
  const { t } = useTranslation();
  const change = useFilterChange();
  if (endedFrom === undefined && endedTo === undefined) return null;
  return (
    <>
      <DateTimeField
        label={t("turns.ended_from")}
        value={endedFrom ?? ""}
        onChange={(moment) => change("ended_from", moment)}
      />
      <DateTimeField
        label={t("turns.ended_to")}
        value={endedTo ?? ""}
        onChange={(moment) => change("ended_to", moment)}
      />
    </>
  );
}
