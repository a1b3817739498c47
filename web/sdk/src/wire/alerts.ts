import type { Wire } from "./wire.ts";

/** State of an alert. */
export type AlertState = "normal" | "pending" | "firing" | "recovering" | "no_data";

/** How bad it is. */
export type AlertSeverity = "warning" | "critical";

/** What of a metric is judged. */
export type AlertValue = "last" | "max" | "sum" | "count" | "rate" | "share" | "p50" | "p95" | "p99";

/** What a rule does when nothing was measured. */
export type AlertNoData = "normal" | "no_data" | "keep" | "firing";

/** A rule as it is written, here and in YAML. */
export type AlertRuleDefinition = Wire<
  "AlertRuleDefinition",
  {
    readonly value: AlertValue;
    readonly condition: "above" | "below";
    readonly no_data: AlertNoData;
    readonly for_seconds: number;
    readonly keep_firing_for_seconds: number;
    readonly minimum_count: number;
    readonly is_enabled: boolean;
    /** Names of receivers; empty = all. */
    readonly receivers: readonly string[];
    readonly is_of_installation: boolean;
  }
>;

/** Where one group of a rule stands. */
export type AlertStatus = Wire<"AlertStatus", { readonly state: AlertState; readonly severity?: AlertSeverity }>;

/** When to alert, and how that stands. */
export type AlertRule = Wire<
  "AlertRule",
  {
    readonly definition: AlertRuleDefinition;
    /** `file` = of a YAML file, read-only here. */
    readonly origin: "shipped" | "file" | "own";
    readonly state: AlertState;
    readonly groups: readonly AlertStatus[];
  }
>;

/** A rule to be made or changed; what is absent has its default. */
export type AlertRuleRequest = Partial<AlertRuleDefinition>;

/** Body of `POST /api/v1/admin/alerts/rules/preview`. */
export interface AlertPreviewRequest {
  readonly rule: AlertRuleRequest;
  /** How far back, 1 to 168. */
  readonly hours?: number;
}

/** How telling somebody went. */
export type AlertNotification = Wire<
  "AlertNotification",
  { readonly status: "sent" | "failed" | "waiting" | "silenced"; readonly error?: string }
>;

/** A change of state. */
export type AlertChange = Wire<
  "AlertChange",
  {
    readonly from: AlertState;
    readonly to: AlertState;
    readonly severity?: AlertSeverity;
    readonly notifications: readonly AlertNotification[];
  }
>;

/** A time in which a rule would have fired. */
export type AlertSpan = Wire<"AlertSpan", { readonly severity: AlertSeverity }>;

/** What a rule would have done. */
export type AlertPreview = Wire<"AlertPreview", { readonly spans: readonly AlertSpan[] }>;

/** Says nothing about a rule for a while. */
export type AlertSilence = Wire<"AlertSilence">;

/** Body of `POST /api/v1/admin/alerts/silences`. */
export type AlertSilenceRequest = Wire<"AlertSilenceRequest", { readonly reason: string; readonly ends_at: string }>;
