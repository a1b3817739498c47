import type { FeedbackValue } from "./message.ts";
import type { TurnStatus } from "./rest.ts";
import type { TimelineEvent } from "./timeline-event.ts";
import type { Wire } from "./wire.ts";

/** A turn as operators see it: facts, never words. */
export type TurnSummary = Wire<
  "TurnSummary",
  { readonly status: TurnStatus; readonly is_pinned: boolean; readonly feedback?: FeedbackValue }
>;

/** What a person said of a turn's answer; the comment is for owners and administrators. */
export type TurnFeedback = Wire<"TurnFeedback", { readonly value: FeedbackValue }>;

/** A turn with its timeline, in order of `seq`; no events once retention has removed them. */
export type TurnRecord = Wire<
  "TurnRecord",
  { readonly turn: TurnSummary; readonly events: readonly TimelineEvent[]; readonly feedback?: TurnFeedback }
>;

/** A worker process. */
export type WorkerStatus = Wire<"WorkerStatus">;

/** The queue now; `workers` for operators. */
export type QueueStatus = Wire<"QueueStatus">;

/** What can be done to many turns at once. */
export type BulkAction = "delete_events" | "export_events" | "pin" | "unpin" | "retry_turns";

/** The filter of the list of turns. */
export type BulkFilter = Wire<
  "BulkFilter",
  { readonly status?: readonly TurnStatus[]; readonly feedback?: FeedbackValue | "any" }
>;

/** Body of `POST /api/v1/admin/bulk`: either ids or a filter. */
export type BulkRequest = Wire<"BulkRequest", { readonly action: BulkAction; readonly filter?: BulkFilter }>;

/** How a bulk operation stands; a preview has no `id`. */
export type BulkJob = Wire<
  "BulkJob",
  {
    readonly action: BulkAction;
    readonly status: "preview" | "queued" | "running" | "done" | "failed" | "cancelled";
  }
>;
