import type { Wire } from "./wire.ts";

/** How long events are kept. */
export type RetentionClass = "debug" | "event" | "error";

/** Who may see events. */
export type PrivacyClass = "user_visible" | "operational" | "sensitive";

/** An event type: built in, or registered by the organization, with the JSON schema of its data. */
export type EventTypeDescription = Wire<
  "EventTypeDescription",
  {
    readonly schema: unknown;
    readonly retention: RetentionClass;
    readonly privacy: PrivacyClass;
    readonly is_built_in: boolean;
  }
>;

/** An event type to be registered or replaced. */
export type RegisterEventTypeRequest = Wire<
  "EventTypeRequest",
  {
    readonly event_type: string;
    readonly schema: unknown;
    readonly retention: RetentionClass;
    readonly privacy: PrivacyClass;
  }
>;

/** One day of one retention class. */
export type TimelineDay = Wire<"TimelineDay", { readonly retention: RetentionClass }>;

/** How events are stored; `dropped` = rows lost since the start of the process. */
export type TimelineStats = Wire<"TimelineStats", { readonly days: readonly TimelineDay[]; readonly dropped: number }>;
