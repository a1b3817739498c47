import type { HealthStatus } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";
import type { BreakerState } from "./endpoint-facts.ts";

const looks = {
  ok: { tone: "good", icon: "check" },
  degraded: { tone: "warning", icon: "warning" },
  unavailable: { tone: "danger", icon: "close" },
} as const;

/** How a part is. */
export function StatusBadge({ status }: { status: HealthStatus }) {
  const { t } = useTranslation();
  return <Badge {...looks[status]}>{t(`system.status_${status}`)}</Badge>;
}

const breakerLooks = { closed: looks.ok, half_open: looks.degraded, open: looks.unavailable } as const;

/** State of a circuit breaker. */
export function BreakerBadge({ state }: { state: BreakerState }) {
  const { t } = useTranslation();
  return <Badge {...breakerLooks[state]}>{t(`system.breaker_${state}`)}</Badge>;
}
