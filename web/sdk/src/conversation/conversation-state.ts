import type { EvenkeelError } from "../errors/evenkeel-error.ts";
import type { Message } from "../wire/message.ts";
import type { MessagePage } from "../wire/rest.ts";
import { breakerFrom, type ConversationBreaker, closedBreaker } from "./conversation-breaker.ts";

/** What a turn that has not ended is doing. `timed_out` is decided here: nothing came until its deadline. */
export type TurnPhase = "queued" | "typing" | "retrying" | "ended" | "timed_out";

/** A turn that has not ended, with its answer so far. */
export interface LiveTurn {
  readonly turnId: string;
  readonly phase: TurnPhase;
  /** Which run of the turn the text is of. */
  readonly attempt: number;
  /** The answer so far. */
  readonly text: string;
  /** Something may have been missed: the next piece at offset 0 is the whole text so far, whatever is here. */
  readonly isTextInDoubt: boolean;
  readonly model: string | null;
  /** Type of the stage under way, such as `tool_search_documents`. */
  readonly stage: string | null;
  /** Friendly text of the stage, in the person's language. */
  readonly userMessage: string | null;
  /** While `timed_out`: why nobody works on it, in the words of the server; null when it just fell silent. */
  readonly standstill: string | null;
  /** How many turns are ahead; null when it is not waiting. */
  readonly position: number | null;
  /** When the next try starts, while `retrying`; milliseconds since 1970 on this machine's clock. */
  readonly retryAt: number | null;
  /** Which call of a model comes next, while `retrying`. */
  readonly modelCall: number | null;
  /** When it counts as stuck if nothing further comes. */
  readonly expiresAt: number;
  /** The message its answer will replace. */
  readonly replaces: string | null;
  readonly isStopping: boolean;
  readonly correlationId: string | null;
}

/** A message on its way: shown at once, gone when the message itself arrives. */
export interface PendingSend {
  readonly clientMessageId: string;
  readonly text: string;
  readonly status: "sending" | "accepted" | "failed";
  readonly startedAt: number;
  readonly messageId: string | null;
  readonly turnId: string | null;
  /** Only with status `failed`. */
  readonly error: EvenkeelError | null;
  /** From when on it may be sent again, where the server named a wait; milliseconds since 1970. */
  readonly retryAt: number | null;
}

/** A conversation as far as it is known here. Immutable; made by `stateFromSnapshot` and `conversationReducer`. */
export interface ConversationState {
  readonly threadId: string;
  /** Ascending by `seq`, without gaps up to `lastSeq`; replaced answers included. */
  readonly messages: readonly Message[];
  /** Everything up to here is known: resume from it. */
  readonly lastSeq: number;
  /** The newest `seq` heard of; larger than `lastSeq` while something is missing. */
  readonly newestSeq: number;
  /** Where older messages continue; null at the beginning of the thread. */
  readonly nextBeforeSeq: number | null;
  readonly turns: readonly LiveTurn[];
  readonly pending: readonly PendingSend[];
  readonly breaker: ConversationBreaker;
  /** Something was lost: ask the server for everything after `lastSeq`. */
  readonly needsResume: boolean;
  /** Server clock minus this machine's clock. */
  readonly serverClockOffset: number;
}

/** The state before anything is known. */
export function emptyConversation(threadId: string): ConversationState {
  return {
    threadId,
    messages: [],
    lastSeq: 0,
    newestSeq: 0,
    nextBeforeSeq: null,
    turns: [],
    pending: [],
    breaker: closedBreaker,
    needsResume: false,
    serverClockOffset: 0,
  };
}

/** The state a page of the newest messages, read at `at`, gives. Connect with `after_seq` = its `lastSeq`. */
export function stateFromSnapshot(threadId: string, page: MessagePage, at: number): ConversationState {
  const state: ConversationState = {
    ...emptyConversation(threadId),
    messages: page.items,
    lastSeq: page.last_seq,
    newestSeq: page.last_seq,
    nextBeforeSeq: page.next_before_seq ?? null,
    breaker: breakerFrom(page.breaker, at),
  };
  const running = page.running_turn_id ?? null;
  if (running === null || hasEnded(state, running)) return state;
  return { ...state, turns: [{ ...newTurn(running, at), phase: "typing" }] };
}

/** Milliseconds without progress after which a turn counts as stuck, unless the server gave another deadline. */
export const progressTimeoutMilliseconds = 30_000;

/** A turn nothing is known of yet. */
export function newTurn(turnId: string, at: number): LiveTurn {
  return {
    turnId,
    phase: "queued",
    attempt: 0,
    text: "",
    isTextInDoubt: false,
    model: null,
    stage: null,
    userMessage: null,
    standstill: null,
    position: null,
    retryAt: null,
    modelCall: null,
    expiresAt: at + progressTimeoutMilliseconds,
    replaces: null,
    isStopping: false,
    correlationId: null,
  };
}

/** Changes a turn, adding it if it is new. */
export function updateTurn(
  state: ConversationState,
  turnId: string,
  at: number,
  change: (turn: LiveTurn) => LiveTurn,
): ConversationState {
  const index = state.turns.findIndex((turn) => turn.turnId === turnId);
  const before = state.turns[index] ?? newTurn(turnId, at);
  const after = change(before);
  if (after === before && index >= 0) return state;
  return { ...state, turns: index < 0 ? [...state.turns, after] : state.turns.with(index, after) };
}

/** Whether the answer of a turn (or its failure) stands in the thread. */
export function hasEnded(state: ConversationState, turnId: string): boolean {
  return state.messages.some((message) => message.role === "assistant" && message.turn_id === turnId);
}

/** The turns after a moment of which something may have been missed. */
export function doubtTexts(turns: readonly LiveTurn[]): readonly LiveTurn[] {
  return turns.map((turn) => (turn.text === "" ? turn : { ...turn, isTextInDoubt: true }));
}
