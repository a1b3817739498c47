import type { TurnStatus } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";

const looks = {
  queued: { tone: "neutral", icon: "clock" },
  running: { tone: "accent", icon: "pulse" },
  succeeded: { tone: "good", icon: "check" },
  failed: { tone: "danger", icon: "close" },
  cancelled: { tone: "neutral", icon: "stop" },
} as const;

/** How a turn stands. */
export function TurnStatusBadge({ status }: { status: TurnStatus }) {
  const { t } = useTranslation();
  return <Badge {...looks[status]}>{t(`turns.status_${status}`)}</Badge>;
}
