import type { LabelledSeries } from "./analytics.ts";

/** State of an alert. */
export type AlertState = "normal" | "pending" | "firing" | "recovering" | "no_data";

/** How bad it is. */
export type AlertSeverity = "warning" | "critical";

/** What of a metric is judged. */
export type AlertValue = "last" | "max" | "sum" | "count" | "rate" | "share" | "p50" | "p95" | "p99";

/** What a rule does when nothing was measured. */
export type AlertNoData = "normal" | "no_data" | "keep" | "firing";

/** A rule as it is written, here and in YAML. */
export interface AlertRuleDefinition {
  readonly name: string;
  readonly description?: string;
  readonly metric: string;
  readonly value: AlertValue;
  /** Labels and the values they must have; a value ending in `*` fits every ending, one beginning with `!` all others. */
  readonly filter?: Readonly<Record<string, string>>;
  readonly group_by?: string;
  readonly window_seconds: number;
  readonly condition: "above" | "below";
  readonly warning?: number;
  readonly critical?: number;
  readonly for_seconds: number;
  readonly keep_firing_for_seconds: number;
  readonly minimum_count: number;
  readonly no_data: AlertNoData;
  readonly is_enabled: boolean;
  /** Names of receivers; empty = all. */
  readonly receivers: readonly string[];
  readonly runbook_url?: string;
  /** Of the whole installation: operators only. */
  readonly is_of_installation: boolean;
}

/** A rule to be made or changed; what is absent has its default. */
export type AlertRuleRequest = Partial<AlertRuleDefinition>;

/** Body of `POST /api/v1/admin/alerts/rules/preview`. */
export interface AlertPreviewRequest {
  readonly rule: AlertRuleRequest;
  /** How far back, 1 to 168. */
  readonly hours?: number;
}

/** Where one group of a rule stands. */
export interface AlertStatus {
  /** Value of the label it is grouped by; empty otherwise. */
  readonly group: string;
  readonly state: AlertState;
  readonly severity?: AlertSeverity;
  readonly value?: number;
  readonly since: string;
  /** Silenced until then: shown, not notified. */
  readonly silenced_until?: string;
}

/** When to alert, and how that stands. */
export interface AlertRule {
  readonly id: string;
  readonly definition: AlertRuleDefinition;
  /** `file` = of a YAML file, read-only here. */
  readonly origin: "shipped" | "file" | "own";
  /** A shipped rule or one of a file, some of whose values were changed here; deleting it takes the changes back. */
  readonly is_overridden: boolean;
  /** Worst of the states of its groups. */
  readonly state: AlertState;
  readonly groups: readonly AlertStatus[];
  readonly updated_at: string;
}

/** How telling somebody went. */
export interface AlertNotification {
  readonly receiver: string;
  readonly status: "sent" | "failed" | "waiting" | "silenced";
  readonly error?: string;
}

/** A change of state. */
export interface AlertChange {
  readonly id: string;
  readonly rule_id: string;
  readonly rule_name: string;
  readonly group: string;
  readonly from: AlertState;
  readonly to: AlertState;
  readonly severity?: AlertSeverity;
  readonly value?: number;
  readonly at: string;
  readonly notifications: readonly AlertNotification[];
}

/** A time in which a rule would have fired. */
export interface AlertSpan {
  readonly group: string;
  readonly severity: AlertSeverity;
  readonly from: string;
  readonly to: string;
}

/** What a rule would have done. */
export interface AlertPreview {
  readonly from: string;
  readonly to: string;
  /** How often it would have begun to fire. */
  readonly firings: number;
  readonly spans: readonly AlertSpan[];
  /** The value that was judged, at each evaluation. */
  readonly series: readonly LabelledSeries[];
}

/** Says nothing about a rule for a while. */
export interface AlertSilence {
  readonly id: string;
  /** Absent = all rules of the organization. */
  readonly rule_id?: string;
  /** Absent = all groups. */
  readonly group?: string;
  readonly reason: string;
  readonly author: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly is_of_installation: boolean;
}

/** Body of `POST /api/v1/admin/alerts/silences`. */
export interface AlertSilenceRequest {
  readonly rule_id?: string;
  readonly group?: string;
  readonly reason: string;
  readonly ends_at: string;
  /** Of the rules of the installation: operators only. */
  readonly is_of_installation?: boolean;
}
