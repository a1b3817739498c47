import type { Wire } from "./wire.ts";

/** Where events are sent to. */
export type EventWebhook = Wire<
  "EventWebhook",
  {
    /** Why it was switched off by itself: the receiver said that it is gone, or took nothing for three days. */
    readonly disabled_reason?: "gone" | "failing";
  }
>;

/** Body of a webhook that is made or changed. */
export type EventWebhookRequest = Wire<"EventWebhookRequest">;

/** A new webhook with what signs its deliveries, shown this once. */
export type CreatedEventWebhook = Wire<"CreatedEventWebhook", { readonly webhook: EventWebhook }>;

/** One batch of events and the tries of sending it; `failed` = given up. */
export type WebhookDelivery = Wire<"WebhookDelivery", { readonly status: "waiting" | "delivered" | "failed" }>;
