import type { HealthStatus } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import type { BreakerState } from "./endpoint-facts.ts";
import styles from "./system.module.css";

const icons = { ok: "check", degraded: "warning", unavailable: "close" } as const;

/** How a part is, by sign and word as well as by colour. */
export function StatusBadge({ status }: { status: HealthStatus }) {
  const { t } = useTranslation();
  return (
    <span className={styles.badge} data-status={status}>
      <Icon name={icons[status]} size={14} />
      {t(`system.status_${status}`)}
    </span>
  );
}

const tones = { closed: "ok", half_open: "degraded", open: "unavailable" } as const;

/** State of a circuit breaker. */
export function BreakerBadge({ state }: { state: BreakerState }) {
  const { t } = useTranslation();
  return (
    <span className={styles.badge} data-status={tones[state]}>
      <Icon name={icons[tones[state]]} size={14} />
      {t(`system.breaker_${state}`)}
    </span>
  );
}
