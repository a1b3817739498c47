import type { BulkFilter, TurnFilter, TurnStatus } from "@evenkeel/sdk";
import { isId } from "../../ui/id-filter.tsx";

export const turnStatuses: readonly TurnStatus[] = ["queued", "running", "succeeded", "failed", "cancelled"];

export const turnFeedbacks = ["any", "up", "down"] as const;

/** The filter that an address says; its names are those of the server's own. */
export function readTurnFilter(search: URLSearchParams): TurnFilter {
  const id = (name: string) => {
    const value = search.get(name);
    return isId(value) ? value : undefined;
  };
  const moment = (name: string) => {
    const value = Date.parse(search.get(name) ?? "");
    return Number.isNaN(value) ? undefined : new Date(value).toISOString();
  };
  return {
    status: turnStatuses.find((one) => one === search.get("status")),
    errorCode: search.get("error_code") || undefined,
    model: search.get("model") || undefined,
    chatbotId: id("chatbot_id"),
    threadId: id("thread_id"),
    correlationId: id("correlation_id"),
    feedback: turnFeedbacks.find((one) => one === search.get("feedback")),
    from: moment("from"),
    to: moment("to"),
    endedFrom: moment("ended_from"),
    endedTo: moment("ended_to"),
  };
}

/** Whether it leaves anything out. */
export function isTurnFilterOn(filter: TurnFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** The same filter for an operation on all turns that match. */
export function bulkFilterOf(filter: TurnFilter): BulkFilter {
  return {
    ...(filter.status === undefined ? {} : { status: [filter.status] }),
    ...(filter.errorCode === undefined ? {} : { error_code: filter.errorCode }),
    ...(filter.model === undefined ? {} : { model: filter.model }),
    ...(filter.chatbotId === undefined ? {} : { chatbot_id: filter.chatbotId }),
    ...(filter.threadId === undefined ? {} : { thread_id: filter.threadId }),
    ...(filter.correlationId === undefined ? {} : { correlation_id: filter.correlationId }),
    ...(filter.feedback === undefined ? {} : { feedback: filter.feedback }),
    ...(filter.from === undefined ? {} : { from: filter.from }),
    ...(filter.to === undefined ? {} : { to: filter.to }),
    ...(filter.endedFrom === undefined ? {} : { ended_from: filter.endedFrom }),
    ...(filter.endedTo === undefined ? {} : { ended_to: filter.endedTo }),
  };
}
