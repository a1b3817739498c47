import type { EventWatchState } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";

const looks = {
  connecting: { tone: "neutral", icon: "clock" },
  open: { tone: "good", icon: "pulse" },
  reconnecting: { tone: "warning", icon: "retry" },
  closed: { tone: "danger", icon: "close" },
} as const;

/** Whether events arrive as they are recorded. */
export function LiveState({ state }: { state: EventWatchState }) {
  const { t } = useTranslation();
  return (
    <span role="status">
      <Badge {...looks[state.kind]}>{t(`timeline.live_${state.kind}`)}</Badge>
    </span>
  );
}
