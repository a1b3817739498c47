import type { EventTypeDescription, PrivacyClass, RegisterEventTypeRequest, RetentionClass } from "@evenkeel/sdk";

export const retentions: readonly RetentionClass[] = ["debug", "event", "error"];
export const privacies: readonly PrivacyClass[] = ["user_visible", "operational", "sensitive"];

/** What stands in the form of an event type. */
export interface TypeFields {
  readonly type: string;
  readonly emoji: string;
  readonly english: string;
  readonly chinese: string;
  readonly schema: string;
  readonly retention: RetentionClass;
  readonly privacy: PrivacyClass;
}

/** What can be wrong with a field: `event_types.wrong_…`. */
export type TypeProblem = "missing" | "type" | "json" | "object";

const typePattern = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/;

const emptySchema = {
  type: "object",
  properties: { ticket_id: { type: "string" } },
  required: ["ticket_id"],
  additionalProperties: false,
};

/** The form of a type, or an empty one with a schema to begin with. */
export function fieldsOfType(type: EventTypeDescription | undefined): TypeFields {
  return {
    type: type?.event_type ?? "",
    emoji: type?.emoji ?? "📌",
    english: type?.english ?? "",
    chinese: type?.chinese ?? "",
    schema: JSON.stringify(type?.schema ?? emptySchema, null, 2),
    retention: type?.retention ?? "event",
    privacy: type?.privacy ?? "operational",
  };
}

/** What is wrong, as far as can be said without asking the server. */
export function typeProblems(fields: TypeFields): Partial<Record<keyof TypeFields, TypeProblem>> {
  const schema = schemaProblem(fields.schema);
  return {
    ...(typePattern.test(fields.type.trim()) ? {} : { type: "type" }),
    ...(fields.emoji.trim() === "" ? { emoji: "missing" } : {}),
    ...(fields.english.trim() === "" ? { english: "missing" } : {}),
    ...(schema === undefined ? {} : { schema }),
  };
}

/** The type that a form without problems says. */
export function typeRequest(fields: TypeFields): RegisterEventTypeRequest {
  return {
    event_type: fields.type.trim(),
    emoji: fields.emoji.trim(),
    english: fields.english.trim(),
    // Without a text of their own, readers of Chinese get the English one.
    ...(fields.chinese.trim() === "" ? {} : { chinese: fields.chinese.trim() }),
    schema: JSON.parse(fields.schema),
    retention: fields.retention,
    privacy: fields.privacy,
  };
}

/** Where the text stops being JSON, as the browser says it; undefined where it is JSON. */
export function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function schemaProblem(text: string): TypeProblem | undefined {
  if (jsonError(text) !== undefined) return "json";
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? undefined : "object";
}
