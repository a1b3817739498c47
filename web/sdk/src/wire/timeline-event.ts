/** State of a recorded stage. */
export type TimelineEventStatus = "started" | "progress" | "completed" | "failed";

/** How bad what an event tells is. */
export type TimelineSeverity = "critical" | "error" | "warning" | "info";

/** One stage of one turn, as recorded. */
export interface TimelineEvent {
  readonly id: string;
  readonly seq: number;
  readonly session_id: string;
  readonly message_id?: string;
  readonly turn_id?: string;
  readonly event_type: string;
  readonly event_status: TimelineEventStatus;
  readonly event_data?: unknown;
  /** Friendly localized text. */
  readonly user_message: string;
  readonly timestamp: string;
  readonly processing_time_ms?: number;
  readonly error_type?: string;
  readonly error_severity?: TimelineSeverity;
  readonly correlation_id?: string;
  readonly attempt: number;
}
