import type { BulkAction } from "@evenkeel/sdk";

/** What can be done to many turns, the harmless first. */
export const bulkActions: readonly BulkAction[] = ["export_events", "pin", "unpin", "retry_turns", "delete_events"];
