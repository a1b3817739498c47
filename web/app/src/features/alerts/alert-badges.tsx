import type { AlertSeverity, AlertState } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";

const looks = {
  normal: { tone: "good", icon: "check" },
  pending: { tone: "neutral", icon: "clock" },
  firing: { tone: "warning", icon: "warning" },
  recovering: { tone: "accent", icon: "retry" },
  no_data: { tone: "neutral", icon: "question" },
} as const;

interface StateBadgeProps {
  state: AlertState;
  severity?: AlertSeverity | undefined;
}

/** How an alert stands. */
export function StateBadge({ state, severity }: StateBadgeProps) {
  const { t } = useTranslation();
  const isCritical = state === "firing" && severity === "critical";
  return (
    <Badge {...(isCritical ? ({ tone: "danger", icon: "shield" } as const) : looks[state])}>
      {state === "firing" && severity !== undefined ? t(`alerts.firing_${severity}`) : t(`alerts.state_${state}`)}
    </Badge>
  );
}

/** Whether nobody is told of it. */
export function SilencedBadge({ until }: { until: string }) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "short", timeStyle: "short" }).format(
    Date.parse(until),
  );
  return (
    <Badge tone="neutral" icon="lock">
      {t("alerts.silenced_until", { time })}
    </Badge>
  );
}
