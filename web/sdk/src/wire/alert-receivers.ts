import type { AlertSeverity } from "./alerts.ts";
import type { Wire } from "./wire.ts";

/** How notifications are sent. */
export type AlertReceiverKind = "webhook" | "email" | "log";

/** Where notifications go. */
export type AlertReceiver = Wire<
  "AlertReceiver",
  {
    readonly kind: AlertReceiverKind;
    /** `warning` = all. */
    readonly least_severity: AlertSeverity;
    /** Of its texts. */
    readonly language: "en" | "zh";
  }
>;

/** A receiver to be made or changed; what is absent stays as it is. */
export type AlertReceiverRequest = Partial<
  Pick<AlertReceiver, "name" | "kind" | "target" | "least_severity" | "language" | "is_enabled" | "is_of_installation">
>;

/** A new receiver; with what signs the notifications of a webhook, shown this once. */
export type CreatedAlertReceiver = Wire<
  "CreatedAlertReceiver",
  { readonly receiver: AlertReceiver; readonly secret?: string }
>;

/** How a test notification went. */
export type AlertTestResult = Wire<"AlertTestResult", { readonly status: "sent" | "failed"; readonly error?: string }>;
