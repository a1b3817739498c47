import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { isId } from "../../ui/id-filter.tsx";
import { useFilterChange } from "../../ui/use-filter-change.ts";

const parameter = "chatbot_id";

/** The chatbot that the address says; undefined = all of them. */
export function useChatbotId(): string | undefined {
  const id = useSearchParams()[0].get(parameter);
  return isId(id) ? id : undefined;
}

/** Chooses which chatbot the figures are about; stands in the address. */
export function ChatbotChoice({ chatbots }: { chatbots: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation();
  const change = useFilterChange();
  const chosen = useChatbotId();
  // One that is gone has figures all the same.
  const isGone = chosen !== undefined && !chatbots.some(({ id }) => id === chosen);
  return (
    <NativeSelect
      size="xs"
      aria-label={t("turns.chatbot")}
      value={chosen ?? ""}
      onChange={(event) => change(parameter, event.currentTarget.value)}
      data={[
        { value: "", label: t("analytics.all_chatbots") },
        ...chatbots.map(({ id, name }) => ({ value: id, label: name })),
        ...(isGone ? [{ value: chosen, label: chosen }] : []),
      ]}
    />
  );
}
