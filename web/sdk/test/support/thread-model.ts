import { messageFromFrame } from "../../src/conversation/apply-durable.ts";
import type { ChatDeltaFrame, ConnectedFrame, DurableFrame, ServerFrame } from "../../src/wire/frames.ts";
import type { Message, MessageFeedback, MessageMeta } from "../../src/wire/message.ts";
import type { MessagePage } from "../../src/wire/rest.ts";

interface RunningTurn {
  readonly turnId: string;
  readonly replaces: string | null;
  attempt: number;
  text: string;
}

/** What a server knows of one thread, by the contract: every method gives the frames it would broadcast. */
export class ThreadModel {
  readonly threadId: string;
  readonly log: DurableFrame[] = [];
  running: RunningTurn | null = null;
  #ids = 0;

  constructor(threadId: string) {
    this.threadId = threadId;
  }

  get lastSeq(): number {
    return this.log.length;
  }

  newId(kind: string): string {
    return `${kind}-${++this.#ids}`;
  }

  addUserMessage(text: string, clientMessageId?: string): { frame: DurableFrame; turnId: string } {
    const turnId = this.newId("turn");
    const given = clientMessageId === undefined ? {} : { client_message_id: clientMessageId };
    return { frame: this.#append({ role: "user", text, status: "complete", turnId, extra: given }), turnId };
  }

  startTurn(turnId: string, replaces: string | null = null): ServerFrame[] {
    this.running = { turnId, replaces, attempt: 1, text: "" };
    return [{ type: "chat_status", event: "typing", turn_id: turnId, attempt: 1 }];
  }

  write(token: string): ServerFrame[] {
    const turn = this.#runningTurn();
    const frame = delta(turn, turn.text.length, token);
    turn.text += token;
    return [frame];
  }

  /** Another run of the turn, or the same one telling clients to discard what they show. */
  reset(isNewAttempt: boolean): ServerFrame[] {
    const turn = this.#runningTurn();
    if (isNewAttempt) turn.attempt++;
    turn.text = "";
    return [{ type: "chat_reset", turn_id: turn.turnId, attempt: turn.attempt, reason: "retry" }];
  }

  finish(status: "complete" | "stopped"): ServerFrame[] {
    const { turnId, text, replaces } = this.#runningTurn();
    this.running = null;
    const meta: MessageMeta = replaces === null ? { model: "scripted" } : { model: "scripted", replaces };
    return [this.#append({ role: "assistant", text, status, turnId, extra: { meta } }), idle(turnId)];
  }

  fail(): ServerFrame[] {
    const { turnId, attempt, replaces } = this.#runningTurn();
    this.running = null;
    const error = {
      error_code: "llm_unavailable",
      error: "The language model cannot be reached.",
      retryable: true,
      correlation_id: "correlation",
    };
    const frame: DurableFrame = {
      type: "chat_error",
      seq: this.lastSeq + 1,
      id: this.newId("message"),
      turn_id: turnId,
      done: true,
      ...error,
      created_at: "2026-01-31T12:00:00.000Z",
      meta: { retry_meta: { attempts: attempt }, ...(replaces === null ? {} : { replaces }), error },
    };
    this.log.push(frame);
    return [frame, idle(turnId)];
  }

  /** Keeps it in the meta of the message, without blanks around the comment; undefined = there is no such message. */
  giveFeedback(messageId: string, feedback: MessageFeedback | undefined): Message | undefined {
    const index = this.log.findIndex((frame) => frame.id === messageId);
    const frame = this.log[index];
    if (frame === undefined) return undefined;
    const { feedback: _before, ...meta } = frame.meta ?? {};
    const trimmed = feedback?.comment === undefined ? feedback : { ...feedback, comment: feedback.comment.trim() };
    const changed = { ...frame, meta: trimmed === undefined ? meta : { ...meta, feedback: trimmed } };
    this.log[index] = changed;
    return messageFromFrame(changed);
  }

  /** What a connection gets first. */
  connect(afterSeq: number, recovered = true, pageSize = 5): ServerFrame[] {
    const from = recovered ? afterSeq + 1 : Math.max(1, this.lastSeq - pageSize + 1);
    const greeting: ConnectedFrame = {
      type: "chat_status",
      event: "connected",
      thread_id: this.threadId,
      last_seq: this.lastSeq,
      recovered,
      ...(recovered || this.lastSeq === 0 ? {} : { snapshot_from_seq: from }),
      server_time: "2026-01-31T12:00:00.000Z",
      token_expires_in_seconds: 900,
    };
    return [greeting, ...this.replay(from - 1)];
  }

  /** What a resume gets. */
  replay(afterSeq: number): ServerFrame[] {
    const soFar = this.running === null ? [] : [delta(this.running, 0, this.running.text)];
    return [...this.log.filter((frame) => frame.seq > afterSeq), ...soFar];
  }

  page(pageSize = 50, beforeSeq = Number.POSITIVE_INFINITY): MessagePage {
    const older = this.log.filter((frame) => frame.seq < beforeSeq);
    const items = older.slice(-pageSize).map(messageFromFrame);
    const first = items[0]?.seq ?? 1;
    return {
      items,
      last_seq: this.lastSeq,
      breaker: { state: "closed", failures: 0 },
      ...(first > 1 ? { next_before_seq: first } : {}),
      ...(this.running === null ? {} : { running_turn_id: this.running.turnId }),
    };
  }

  #append(message: {
    readonly role: "user" | "assistant";
    readonly text: string;
    readonly status: "complete" | "stopped";
    readonly turnId: string;
    readonly extra: { readonly client_message_id?: string; readonly meta?: MessageMeta };
  }): DurableFrame {
    const frame: DurableFrame = {
      type: "chat_message",
      seq: this.lastSeq + 1,
      id: this.newId("message"),
      role: message.role,
      text: message.text,
      status: message.status,
      turn_id: message.turnId,
      created_at: "2026-01-31T12:00:00.000Z",
      ...message.extra,
    };
    this.log.push(frame);
    return frame;
  }

  #runningTurn(): RunningTurn {
    if (this.running === null) throw new Error("no turn is running");
    return this.running;
  }
}

function delta(turn: RunningTurn, offset: number, token: string): ChatDeltaFrame {
  const { turnId, attempt } = turn;
  const constant = { model: "scripted", done: false, error: null, error_code: null } as const;
  return { type: "chat_delta", turn_id: turnId, attempt, offset, token, ...constant };
}

function idle(turnId: string): ServerFrame {
  return { type: "chat_status", event: "idle", turn_id: turnId };
}
