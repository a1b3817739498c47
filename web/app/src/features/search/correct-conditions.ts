import type { UnderstoodQuestion } from "@evenkeel/sdk";
import i18next from "i18next";
import {
  type Correction,
  correctedQuestion,
  queryWithout,
  type UnderstoodPart,
  withoutWords,
} from "../../ui/events/correction.ts";
import type { Conditions } from "./search-conditions.ts";

/** The conditions with a part understood as it is meant: what is certain becomes a filter, and its words go. */
export function correctedConditions(conditions: Conditions, correction: Correction): Partial<Conditions> {
  // The words may have been those of the field for the place.
  const field = fieldOf(conditions, correction.text);
  const words = conditions[field];
  if (correction.kind === "dates")
    return { [field]: withoutWords(words, correction), from: correction.dates.from, to: correction.dates.to };
  const id = correction.place.location_id;
  if (id === undefined) return { [field]: correctedQuestion(words, correction, i18next.t) };
  return { [field]: withoutWords(words, correction), locationIds: [...new Set([...conditions.locationIds, id])] };
}

/** The conditions without a part of what was understood. */
export function conditionsWithout(
  conditions: Conditions,
  understood: UnderstoodQuestion,
  part: UnderstoodPart,
): Partial<Conditions> {
  if (part.kind === "place" && fieldOf(conditions, part.text) === "location") return { location: "" };
  return { query: queryWithout(conditions.query, understood, part) };
}

function fieldOf({ query, location }: Conditions, text: string): "query" | "location" {
  return !query.includes(text) && location.includes(text) ? "location" : "query";
}
