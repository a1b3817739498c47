import type { DateRange, PlaceSuggestion, TextSpan, UnderstoodQuestion } from "@evenkeel/sdk";
import type { TFunction } from "i18next";
import { formatDays } from "./event-days.ts";
import { fullPlaceName } from "./place-name.ts";

/** A part of a question that was understood in one way and is meant in another. */
export type Correction =
  | { kind: "place"; text: string; span: TextSpan; place: PlaceSuggestion }
  | { kind: "dates"; text: string; span: TextSpan; dates: DateRange };

/** A part of what was understood that is not to count. */
export type UnderstoodPart = { kind: "place"; text: string; span: TextSpan } | { kind: "dates" } | { kind: "virtual" };

/** Days in words; an open end is said. */
export function rangeText({ from, to }: DateRange, t: TFunction, language: string): string {
  if (from !== undefined && to !== undefined) return formatDays({ first: from, last: to }, language);
  if (from !== undefined) return t("events.from_day", { day: formatDays({ first: from, last: from }, language) });
  if (to !== undefined) return t("events.to_day", { day: formatDays({ first: to, last: to }, language) });
  return t("events.any_day");
}

// They belong to the place or the days, and say nothing without them.
const wordsBefore = /(?:(?:^|\s)(?:in|at|near|around|on|from|by|within)(?:\s+the)?|在)\s*$/i;

/** The question without words of it, and without the preposition before them. */
export function withoutWords(question: string, part: { text: string; span: TextSpan }): string {
  const start = startOf(question, part);
  if (start === undefined) return tidy(question);
  const before = question.slice(0, start).replace(wordsBefore, "");
  const after = question.slice(start + part.text.length);
  // Chinese is written without spaces.
  const between = /\p{Script=Han}$/u.test(before) && /^\p{Script=Han}/u.test(after) ? "" : " ";
  return tidy(before + between + after);
}

/** The question without a part of what was understood; undefined where the words of it are not known, or nothing would be left to ask. */
export function questionWithout(
  question: string,
  understood: UnderstoodQuestion,
  part: UnderstoodPart,
): string | undefined {
  const words = part.kind === "place" ? part : part.kind === "dates" ? understood.dates : undefined;
  if (words === undefined) return undefined;
  const rest = withoutWords(question, words);
  return rest === tidy(question) || !/\p{L}/u.test(rest) ? undefined : rest;
}

/**
 * The question with the correction in words. What was understood may have been another wording of it, so that the words are not in it:
 * then the correction stands behind it.
 */
export function correctedQuestion(question: string, correction: Correction, t: TFunction): string {
  const words = correctionWords(correction, t);
  return tidy(replaced(question, correction, words) ?? `${question} (${words})`);
}

/** What is left when a part does not count: the words without it. */
export function queryWithout(question: string, understood: UnderstoodQuestion, part: UnderstoodPart): string {
  switch (part.kind) {
    case "place":
      return withoutWords(question, part);
    case "dates":
      return understood.dates === undefined ? question : withoutWords(question, understood.dates);
    case "virtual":
      // Which words said it is not told: the rest is put together from what is known.
      return tidy(
        [understood.query, ...understood.places.map(({ text }) => text), understood.dates?.text ?? ""].join(" "),
      );
  }
}

function correctionWords(correction: Correction, t: TFunction): string {
  if (correction.kind === "place") return fullPlaceName(correction.place);
  const { from, to } = correction.dates;
  if (from !== undefined && from === to) return from;
  if (from !== undefined && to !== undefined) return t("events.words_between", { from, to });
  if (from !== undefined) return t("events.words_from", { from });
  return to === undefined ? correction.text : t("events.words_to", { to });
}

function replaced(question: string, part: { text: string; span: TextSpan }, words: string): string | undefined {
  const start = startOf(question, part);
  return start === undefined ? undefined : question.slice(0, start) + words + question.slice(start + part.text.length);
}

function startOf(question: string, { text, span }: { text: string; span: TextSpan }): number | undefined {
  const start = question.slice(span.start, span.end) === text ? span.start : question.indexOf(text);
  return text === "" || start < 0 ? undefined : start;
}

function tidy(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ (?=[?!.,;:，。！？；：])/g, "")
    .trim();
}
