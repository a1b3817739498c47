import type { TimelineEvent } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Badge, type BadgeTone } from "../badge.tsx";
import type { IconName } from "../icons.tsx";

const errorLook = { tone: "danger", icon: "close" } as const;

const looks: Readonly<Record<string, { tone: BadgeTone; icon: IconName }>> = {
  started: { tone: "neutral", icon: "clock" },
  progress: { tone: "neutral", icon: "clock" },
  failed: errorLook,
  warning: { tone: "warning", icon: "warning" },
  error: errorLook,
  critical: { tone: "danger", icon: "shield" },
};

/** What of an event needs attention; what is simply done has no sign. */
export function EventStatusBadge({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation();
  const { event_status: status, error_severity: severity } = event;
  if (severity !== undefined && severity !== "info") {
    return <Badge {...(looks[severity] ?? errorLook)}>{t(`timeline.severity_${severity}`)}</Badge>;
  }
  const look = looks[status];
  return look === undefined ? null : <Badge {...look}>{t(`timeline.status_${status}`)}</Badge>;
}
