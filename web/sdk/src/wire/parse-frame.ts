import type { ServerFrame } from "./frames.ts";

type Kind = "string" | "number" | "boolean" | "object";
type Members = Readonly<Record<string, Kind>>;

const durable: Members = { seq: "number", id: "string", turn_id: "string", created_at: "string" };

const required: Readonly<Record<string, Members>> = {
  "chat_status:connected": { last_seq: "number", recovered: "boolean" },
  "chat_status:queued": { turn_id: "string" },
  "chat_status:typing": { turn_id: "string" },
  "chat_status:retrying": { turn_id: "string" },
  "chat_status:stage": { turn_id: "string" },
  "chat_status:idle": {},
  chat_message: { ...durable, role: "string", text: "string", status: "string" },
  chat_error: { ...durable, error_code: "string", error: "string" },
  chat_delta: { turn_id: "string", attempt: "number", offset: "number", token: "string" },
  chat_reset: { turn_id: "string", attempt: "number" },
  event: { event: "object" },
  ping: {},
  token_renewed: { expires_in_seconds: "number" },
};

/**
 * Reads one frame. What is not a frame this version knows gives null and is to be skipped: a newer server may send
 * types we have no use for, and a broken frame must not end a conversation (a lost durable frame shows as a gap in `seq`).
 */
export function parseFrame(text: string): ServerFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || typeof value["type"] !== "string") return null;
  const name = value["type"] === "chat_status" ? `chat_status:${String(value["event"])}` : value["type"];
  const members = Object.hasOwn(required, name) ? required[name] : undefined;
  if (members === undefined || !hasMembers(value, members)) return null;
  // The members that decide anything were checked above; the rest is shown as it came.
  return value as unknown as ServerFrame;
}

function hasMembers(value: Readonly<Record<string, unknown>>, members: Members): boolean {
  return Object.entries(members).every(([name, kind]) =>
    kind === "object" ? isRecord(value[name]) : typeof value[name] === kind,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
