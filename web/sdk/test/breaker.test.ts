import { describe, expect, it } from "vitest";
import {
  applyFrame,
  type ConversationState,
  conversationReducer,
  createError,
  type DurableFrame,
  emptyConversation,
  type MessagePage,
  stateFromSnapshot,
  type ThreadBreaker,
} from "../src/index.ts";

const start = Date.parse("2026-01-31T12:00:00.000Z");
const created = (seconds: number) => new Date(start + seconds * 1000).toISOString();

function failure(seq: number, code: string, wait?: number): DurableFrame {
  return {
    type: "chat_error",
    seq,
    id: `m${seq}`,
    turn_id: `t${seq}`,
    done: true,
    error_code: code,
    error: "",
    retryable: true,
    ...(wait === undefined ? {} : { retry_after_s: wait }),
    correlation_id: "c",
    created_at: created(seq),
  };
}

function answer(seq: number, status: "complete" | "stopped" = "complete"): DurableFrame {
  const id = `m${seq}`;
  return { type: "chat_message", seq, id, role: "assistant", text: "", status, turn_id: id, created_at: created(seq) };
}

const after = (frames: readonly DurableFrame[], state = emptyConversation("t")): ConversationState =>
  frames.reduce((before, frame) => applyFrame(before, frame, start), state);

function page(breaker: ThreadBreaker): MessagePage {
  return { items: [], last_seq: 0, breaker };
}

const opening = [1, 2, 3, 4].map((seq) => failure(seq, "llm_unavailable"));

describe("The breaker of a conversation", () => {
  it("opens at the fifth failed turn in a row, until the time the failure names", () => {
    const state = after([...opening, failure(5, "llm_timeout", 30)]);
    expect(state.breaker).toEqual({ failures: 5, openUntil: start + 35_000 });
  });

  it("stays closed before, also when a provider asks for a wait", () => {
    expect(after([failure(1, "llm_unavailable", 7)]).breaker).toEqual({ failures: 1, openUntil: null });
  });

  it("does not count what the person asked for or caused", () => {
    const others = [failure(5, "content_blocked"), answer(6, "stopped"), failure(7, "location_error")];
    expect(after([...opening, ...others]).breaker).toEqual({ failures: 4, openUntil: null });
  });

  it("forgets at a success", () => {
    expect(after([...opening, answer(5), failure(6, "rag_error")]).breaker).toEqual({ failures: 1, openUntil: null });
  });

  it("opens again when its probe fails, and closes when it succeeds", () => {
    const halfOpen = stateFromSnapshot("t", page({ state: "half_open", failures: 5 }), start);
    expect(halfOpen.breaker).toEqual({ failures: 5, openUntil: start });
    expect(after([failure(1, "server_error", 60)], halfOpen).breaker).toEqual({
      failures: 6,
      openUntil: start + 61_000,
    });
    expect(after([answer(1)], halfOpen).breaker).toEqual({ failures: 0, openUntil: null });
  });

  it("is known after a reload, by the wait and not by the server's clock", () => {
    const open = page({ state: "open", failures: 5, retry_at: created(9999), retry_after_s: 12 });
    expect(stateFromSnapshot("t", open, start).breaker).toEqual({ failures: 5, openUntil: start + 12_000 });
  });

  it("is learnt from a refusal, and from a turn that waited in vain", () => {
    const error = createError({
      code: "circuit_open",
      message: "",
      status: 503,
      retryable: true,
      retryAfterSeconds: 20,
    });
    const refused = conversationReducer(emptyConversation("t"), { kind: "regenerate_refused", error, at: start });
    expect(refused.breaker.openUntil).toBe(start + 20_000);
    expect(after([failure(1, "circuit_open", 20)]).breaker.openUntil).toBe(start + 21_000);
  });

  it("takes no notice of how the clocks differ", () => {
    const state = { ...emptyConversation("t"), serverClockOffset: 3000 };
    expect(after([failure(1, "circuit_open", 20)], state).breaker.openUntil).toBe(start + 18_000);
  });
});

describe("A turn under way", () => {
  const status = { type: "chat_status", turn_id: "t1", deadline: created(30) } as const;
  const typing = applyFrame(emptyConversation("t"), { ...status, event: "typing" }, start);

  it("says when the model is called again, and for which time, until it is", () => {
    const retrying = applyFrame(typing, { ...status, event: "retrying", retry_in_ms: 2000, model_call: 2 }, start);
    expect(retrying.turns[0]).toMatchObject({ phase: "retrying", retryAt: start + 2000, modelCall: 2 });
    const staged = applyFrame(retrying, { ...status, event: "stage", stage: "response_generation" }, start);
    expect(staged.turns[0]).toMatchObject({ phase: "retrying", retryAt: start + 2000, modelCall: 2 });
    const again = applyFrame(staged, { ...status, event: "typing" }, start);
    expect(again.turns[0]).toMatchObject({ phase: "typing", retryAt: null, modelCall: null });
  });

  it("is no longer shown as typing when no worker has it, with the server's words, and goes on when one is back", () => {
    const idle = { type: "chat_status", event: "idle", turn_id: "t1", user_message: "Nobody is here." } as const;
    const stuck = applyFrame(typing, idle, start);
    expect(stuck.turns[0]).toMatchObject({ phase: "timed_out", standstill: "Nobody is here." });
    expect(stuck.needsResume).toBe(false);
    const back = applyFrame(stuck, { ...status, event: "typing" }, start);
    expect(back.turns[0]).toMatchObject({ phase: "typing", standstill: null });
  });
});
