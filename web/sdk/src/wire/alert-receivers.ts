import type { AlertSeverity } from "./alerts.ts";

/** How notifications are sent. */
export type AlertReceiverKind = "webhook" | "email" | "log";

/** Where notifications go. */
export interface AlertReceiver {
  readonly id: string;
  readonly name: string;
  readonly kind: AlertReceiverKind;
  /** Address of the webhook, or e-mail addresses separated by commas. */
  readonly target?: string;
  /** `warning` = all. */
  readonly least_severity: AlertSeverity;
  /** Of its texts. */
  readonly language: "en" | "zh";
  readonly is_enabled: boolean;
  readonly is_of_installation: boolean;
  readonly created_at: string;
  /** Notifications that wait. */
  readonly waiting: number;
  readonly last_sent_at?: string;
  /** Of the last try, where it failed. */
  readonly last_error?: string;
}

/** A receiver to be made or changed; what is absent stays as it is. */
export type AlertReceiverRequest = Partial<
  Pick<AlertReceiver, "name" | "kind" | "target" | "least_severity" | "language" | "is_enabled" | "is_of_installation">
>;

/** A new receiver; with what signs the notifications of a webhook, shown this once. */
export interface CreatedAlertReceiver {
  readonly receiver: AlertReceiver;
  readonly secret?: string;
}

/** How a test notification went. */
export interface AlertTestResult {
  readonly status: "sent" | "failed";
  readonly error?: string;
}
