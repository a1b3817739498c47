import type { UnderstoodQuestion } from "@evenkeel/sdk";
import i18next from "i18next";
import { describe, expect, it } from "vitest";
import { correctedQuestion, queryWithout, questionWithout, rangeText, withoutWords } from "./correction.ts";

const t = i18next.t;
const question = "AI in Paris next Friday online";
const paris = { text: "Paris", span: { start: 6, end: 11 } };
const friday = { text: "next Friday", span: { start: 12, end: 23 } };
const texas = { name: "Paris", country: "United States" };
const understood = {
  query: "AI",
  places: [{ ...paris, name: "Paris", kind: "city", others: [texas] }],
  unknown_places: [],
  dates: { ...friday, from: "2026-07-03", to: "2026-07-03" },
  virtual: true,
} satisfies UnderstoodQuestion;

describe("a question that is corrected", () => {
  it("names the other place in full, where the words stood", () => {
    expect(correctedQuestion(question, { kind: "place", ...paris, place: texas }, t)).toBe(
      "AI in Paris, United States next Friday online",
    );
  });

  it("names the other days", () => {
    const on = { from: "2026-07-10", to: "2026-07-10" };
    expect(correctedQuestion(question, { kind: "dates", ...friday, dates: on }, t)).toBe(
      "AI in Paris 2026-07-10 online",
    );
    const between = { from: "2026-07-10", to: "2026-07-12" };
    expect(correctedQuestion(question, { kind: "dates", ...friday, dates: between }, t)).toContain(
      "from 2026-07-10 to 2026-07-12",
    );
  });

  it("finds the words where they stand elsewhere, and adds what it cannot put in their place", () => {
    const moved = { ...paris, span: { start: 0, end: 5 } };
    expect(correctedQuestion(question, { kind: "place", ...moved, place: texas }, t)).toContain("in Paris, United");
    expect(correctedQuestion("And there?", { kind: "place", ...paris, place: texas }, t)).toBe(
      "And there? (Paris, United States)",
    );
  });
});

describe("a part that is not to count", () => {
  it("takes its words along", () => {
    expect(withoutWords(question, friday)).toBe("AI in Paris online");
    expect(queryWithout(question, understood, { kind: "dates" })).toBe("AI in Paris online");
    expect(queryWithout(question, understood, { kind: "place", ...paris })).toBe("AI next Friday online");
  });

  it("takes the preposition along, in both languages", () => {
    const there = { text: "柏林", span: { start: 5, end: 7 } };
    expect(withoutWords("下周末 在柏林", there)).toBe("下周末");
    expect(withoutWords("下周末在柏林有什么会议？", there)).toBe("下周末有什么会议？");
    expect(withoutWords("What is on in Berlin?", { text: "Berlin", span: { start: 14, end: 20 } })).toBe("What is on?");
    expect(withoutWords("Berlin AI", { text: "Berlin", span: { start: 0, end: 6 } })).toBe("AI");
    expect(withoutWords("robots within the EU", { text: "EU", span: { start: 18, end: 20 } })).toBe("robots");
    expect(withoutWords("Bitcoin Berlin", { text: "Berlin", span: { start: 8, end: 14 } })).toBe("Bitcoin");
  });

  it("leaves the others where its words are not told", () => {
    expect(queryWithout(question, understood, { kind: "virtual" })).toBe("AI Paris next Friday");
  });
});

it("a question that has nothing else in it, or not the words, cannot do without them", () => {
  const place = { kind: "place" as const, ...paris };
  expect(questionWithout(question, understood, place)).toBe("AI next Friday online");
  expect(questionWithout("In Paris?", understood, place)).toBeUndefined();
  expect(questionWithout("And there?", understood, place)).toBeUndefined();
  expect(questionWithout(question, understood, { kind: "virtual" })).toBeUndefined();
});

it("days in words say an open end", () => {
  expect(rangeText({ from: "2026-07-15" }, t, "en")).toBe("from Jul 15, 2026");
  expect(rangeText({ to: "2026-07-15" }, t, "en")).toBe("until Jul 15, 2026");
});
