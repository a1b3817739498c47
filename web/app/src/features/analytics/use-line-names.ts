import { useTranslation } from "react-i18next";
import type { LineNames } from "./panel-lines.ts";

/** Names of lines in the language of the page. */
export function useLineNames(chatbots: readonly { id: string; name: string }[]): LineNames {
  const { t, i18n } = useTranslation();
  // Labels come from the server, so their texts are looked up by names the compiler does not know.
  const text = i18n.t as (key: string) => string;
  const word = (key: string, fallback: string) => (i18n.exists(key) ? text(key) : fallback);
  return {
    ofLabel: (label, value) => {
      if (value === "") return t("analytics.without");
      if (value === "other") return t("analytics.other");
      if (label === "chatbot_id") return chatbots.find(({ id }) => id === value)?.name ?? value;
      if (label === "status") return word(`turns.status_${value}`, value);
      if (label === "severity") return word(`timeline.severity_${value}`, value);
      if (label === "value") return word(`analytics.value_${value}`, value);
      return value;
    },
    ofLine: (name) => word(`analytics.line_${name}`, name),
    ofChange: (now, before) => {
      if (before === 0) return undefined;
      const change = new Intl.NumberFormat(i18n.language, {
        style: "percent",
        maximumFractionDigits: 0,
        signDisplay: "exceptZero",
      });
      return change.format(now / before - 1);
    },
    before: (name) => t("analytics.before", { name }),
  };
}
