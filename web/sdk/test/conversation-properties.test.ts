import { describe, expect, it } from "vitest";
import { applyFrame, conversationReducer } from "../src/conversation/conversation-reducer.ts";
import { type ConversationState, stateFromSnapshot } from "../src/conversation/conversation-state.ts";
import type { ServerFrame } from "../src/wire/frames.ts";
import { createSeededRandom, type SeededRandom } from "./support/seeded-random.ts";
import { ThreadModel } from "./support/thread-model.ts";

const at = 0;
const seeds = Array.from({ length: 80 }, (_, index) => index + 1);

describe("A state from any snapshot plus the frames after it", () => {
  it.each(seeds)("equals fresh state over drops, resumes, repeats and resets (seed %i)", (seed) => {
    const random = createSeededRandom(seed);
    const thread = new ThreadModel("thread");
    let state: ConversationState | null = null;
    let isConnected = false;
    for (let step = 0; step < 250; step++) {
      const frames = happen(thread, random);
      if (state === null) {
        if (random.chance(0.1)) state = stateFromSnapshot("thread", thread.page(1 + random.below(6)), at);
        continue;
      }
      if (isConnected) state = deliver(state, withRepeats(frames, random));
      if (isConnected && random.chance(0.08)) isConnected = false;
      if (!isConnected && random.chance(0.2)) {
        state = deliver(state, thread.connect(state.lastSeq, random.chance(0.8)));
        isConnected = true;
      }
      if (isConnected && random.chance(0.3)) expectFresh(state, thread);
    }
  });

  it.each(seeds)("heals after frames that were lost inside a connection (seed %i)", (seed) => {
    const random = createSeededRandom(seed);
    const thread = new ThreadModel("thread");
    let state = deliver(stateFromSnapshot("thread", thread.page(), at), thread.connect(0));
    for (let step = 0; step < 250; step++) {
      const arrived = happen(thread, random).filter(() => !random.chance(0.1));
      state = deliver(state, arrived);
      if (state.needsResume) {
        state = conversationReducer(state, { kind: "resume_requested" });
        state = deliver(state, thread.replay(state.lastSeq));
      }
      expect(state.messages.map(({ seq }) => seq)).toEqual(state.messages.map((_, index) => index + 1));
    }
    state = deliver(state, thread.connect(state.lastSeq));
    expectFresh(state, thread);
  });
});

function deliver(state: ConversationState, frames: readonly ServerFrame[]): ConversationState {
  return frames.reduce((current, frame) => applyFrame(current, frame, at), state);
}

/** Durable frames may come again at any time; a piece of the answer only before the next one. */
function withRepeats(frames: readonly ServerFrame[], random: SeededRandom): readonly ServerFrame[] {
  const repeatable = (frame: ServerFrame) => frame.type !== "chat_reset" && random.chance(0.2);
  return frames.flatMap((frame) => (repeatable(frame) ? [frame, frame] : [frame]));
}

function happen(thread: ThreadModel, random: SeededRandom): readonly ServerFrame[] {
  if (thread.running !== null) {
    const dice = random.next();
    if (dice < 0.7) return thread.write("abc你好 ".slice(random.below(3), 3 + random.below(4)));
    if (dice < 0.78) return thread.reset(random.chance(0.5));
    if (dice < 0.9) return thread.finish("complete");
    return dice < 0.95 ? thread.finish("stopped") : thread.fail();
  }
  const answers = thread.log.filter((frame) => frame.type === "chat_error" || frame.role === "assistant");
  const replaced = answers[random.below(answers.length)];
  if (replaced !== undefined && random.chance(0.3)) return thread.startTurn(thread.newId("turn"), replaced.id);
  const { frame, turnId } = thread.addUserMessage("question");
  return [frame, ...thread.startTurn(turnId)];
}

function expectFresh(state: ConversationState, thread: ThreadModel): void {
  const opened = stateFromSnapshot("thread", thread.page(1000), at);
  const fresh = deliver(opened, thread.connect(opened.lastSeq));
  const firstSeq = state.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  expect(state.messages).toEqual(fresh.messages.filter((message) => message.seq >= firstSeq));
  expect(state.lastSeq).toBe(fresh.lastSeq);
  expect(texts(state)).toEqual(texts(fresh));
  expect(state.needsResume).toBe(false);
}

function texts(state: ConversationState): readonly { turnId: string; text: string }[] {
  return state.turns.filter((turn) => turn.text !== "").map(({ turnId, text }) => ({ turnId, text }));
}
