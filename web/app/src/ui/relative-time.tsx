import { useTranslation } from "react-i18next";
import { formatExact, formatRelative } from "./time-format.ts";

/** A moment (ISO 8601) as people say it, "3 minutes ago", with the exact time for who points at it. */
export function RelativeTime({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={formatExact(moment, i18n.language)}>
      {formatRelative(moment, Date.now(), i18n.language)}
    </time>
  );
}
