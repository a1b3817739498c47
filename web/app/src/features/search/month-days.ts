import type { CatalogueEvent } from "@evenkeel/sdk";
import { addDays, type Days, eventDays } from "../../ui/events/event-days.ts";
import { monthDays } from "./search-conditions.ts";

/** A day of a month's sheet. */
export interface SheetDay {
  day: string;
  isOutside: boolean;
  events: readonly DayEvent[];
}

/** An event on one of its days. */
export interface DayEvent {
  event: CatalogueEvent;
  /** It began before, or goes on after. */
  isContinued: boolean;
  goesOn: boolean;
  /** Its line of the week's days, 0 = the first: an event stands in the same one on all of them. */
  lane: number;
}

/** The weeks of a month, Monday first, with the days of others that fill them up, and what happens on each day. */
export function monthSheet(month: string, events: readonly CatalogueEvent[], timeZone: string): SheetDay[][] {
  const { first, last } = monthDays(month);
  const spans = events
    .map((event) => ({ event, ...eventDays(event, timeZone) }))
    .sort((one, other) => one.first.localeCompare(other.first) || other.last.localeCompare(one.last));
  const weeks: SheetDay[][] = [];
  for (let monday = addDays(first, -weekday(first)); monday <= last; monday = addDays(monday, 7)) {
    const lanes = lanesOf(spans.filter((span) => span.first <= addDays(monday, 6) && monday <= span.last));
    weeks.push(
      [0, 1, 2, 3, 4, 5, 6].map((offset) => {
        const day = addDays(monday, offset);
        const events = lanes
          .filter(({ span }) => span.first <= day && day <= span.last)
          .map(({ span, lane }) => ({
            event: span.event,
            isContinued: span.first < day,
            goesOn: day < span.last,
            lane,
          }));
        return {
          day,
          isOutside: day < first || day > last,
          events: events.sort((one, other) => one.lane - other.lane),
        };
      }),
    );
  }
  return weeks;
}

interface Span extends Days {
  event: CatalogueEvent;
}

/** Each in the first line that is free on all its days; `spans` in order of their first days. */
function lanesOf(spans: readonly Span[]): { span: Span; lane: number }[] {
  /** Until which day each line is taken. */
  const taken: string[] = [];
  return spans.map((span) => {
    const free = taken.findIndex((last) => last < span.first);
    const lane = free < 0 ? taken.length : free;
    taken[lane] = span.last;
    return { span, lane };
  });
}

/** The month to show at first: the next one that has events, else the last one that had some, else this one. */
export function firstMonth(months: readonly { value: string }[], today: string): string {
  const current = today.slice(0, 7);
  return months.find(({ value }) => value >= current)?.value ?? months.at(-1)?.value ?? current;
}

/** 0 = Monday. */
function weekday(day: string): number {
  return (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
}
