import type { DateRange, PlaceSuggestion, TextSpan, UnderstoodQuestion } from "@evenkeel/sdk";
import type { TFunction } from "i18next";
import { formatDays } from "./event-days.ts";

/** A part of a question that was understood in one way and is meant in another. */
export type Correction =
  | { kind: "place"; text: string; span: TextSpan; place: PlaceSuggestion }
  | { kind: "dates"; text: string; span: TextSpan; dates: DateRange };

/** A part of what was understood that is not to count. */
export type UnderstoodPart = { kind: "place"; text: string; span: TextSpan } | { kind: "dates" } | { kind: "virtual" };

/** A place by its full name. */
export function fullPlaceName({ name, country }: { name: string; country?: string | undefined }): string {
  return country === undefined || country === name ? name : `${name}, ${country}`;
}

/** Days in words; an open end is said. */
export function rangeText({ from, to }: DateRange, t: TFunction, language: string): string {
  if (from !== undefined && to !== undefined) return formatDays({ first: from, last: to }, language);
  if (from !== undefined) return t("events.from_day", { day: formatDays({ first: from, last: from }, language) });
  if (to !== undefined) return t("events.to_day", { day: formatDays({ first: to, last: to }, language) });
  return t("events.any_day");
}

/** The question without words of it. */
export function withoutWords(question: string, part: { text: string; span: TextSpan }): string {
  return tidy(replaced(question, part, " ") ?? question);
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

function replaced(question: string, { text, span }: { text: string; span: TextSpan }, words: string) {
  const start = question.slice(span.start, span.end) === text ? span.start : question.indexOf(text);
  if (text === "" || start < 0) return undefined;
  return question.slice(0, start) + words + question.slice(start + text.length);
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
