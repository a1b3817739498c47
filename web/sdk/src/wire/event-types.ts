/** How long events are kept. */
export type RetentionClass = "debug" | "event" | "error";

/** Who may see events. */
export type PrivacyClass = "user_visible" | "operational" | "sensitive";

/** An event type: built in, or registered by the organization. */
export interface EventTypeDescription {
  /** Registered ones have a dot: `crm.ticket_opened`. */
  readonly event_type: string;
  readonly emoji: string;
  readonly english: string;
  readonly chinese: string;
  /** JSON schema (draft 2020-12) of `event_data`; what it does not name is refused. */
  readonly schema: unknown;
  readonly retention: RetentionClass;
  readonly privacy: PrivacyClass;
  readonly is_built_in: boolean;
}

/** An event type to be registered. */
export type RegisterEventTypeRequest = Omit<EventTypeDescription, "is_built_in" | "chinese"> &
  Partial<Pick<EventTypeDescription, "chinese">>;

/** One day of one retention class. */
export interface TimelineDay {
  readonly day: string;
  readonly retention: RetentionClass;
  readonly rows: number;
  readonly bytes: number;
}

/** How events are stored. */
export interface TimelineStats {
  readonly rows: number;
  readonly bytes: number;
  readonly oldest?: string;
  readonly newest?: string;
  /** Rows lost since the start of this process. */
  readonly dropped: number;
  readonly days: readonly TimelineDay[];
  readonly types: readonly { readonly event_type: string; readonly rows: number; readonly bytes: number }[];
  /** Bytes when every class has reached its retention at the rate of the last seven days. */
  readonly projected_bytes: number;
}
