import type { ChatThread } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { groupByAge } from "./group-by-age.ts";

const now = new Date(2026, 2, 10, 12, 0);

function thread(id: string, updated: Date): ChatThread {
  const updated_at = updated.toISOString();
  const breaker = { state: "closed", failures: 0 } as const;
  return { id, title: id, chatbot_id: "b", last_seq: 1, created_at: updated_at, updated_at, breaker };
}

describe("the ages of conversations", () => {
  it("go by calendar days", () => {
    const groups = groupByAge(
      [
        thread("ahead of our clock", new Date(2026, 2, 10, 12, 5)),
        thread("this morning", new Date(2026, 2, 10, 0, 0)),
        thread("last night", new Date(2026, 2, 9, 23, 59)),
        thread("a week ago", new Date(2026, 2, 3, 0, 0)),
        thread("before", new Date(2026, 2, 2, 23, 59)),
      ],
      now,
    );
    expect(groups.map(([age, threads]) => [age, threads.map(({ id }) => id)])).toEqual([
      ["today", ["ahead of our clock", "this morning"]],
      ["yesterday", ["last night"]],
      ["week", ["a week ago"]],
      ["older", ["before"]],
    ]);
  });

  it("without conversations are left out", () => {
    expect(groupByAge([], now)).toEqual([]);
  });
});
