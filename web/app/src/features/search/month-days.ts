import type { CatalogueEvent } from "@evenkeel/sdk";
import { addDays, eventDays } from "../../ui/events/event-days.ts";
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
}

/** The weeks of a month, Monday first, with the days of others that fill them up, and what happens on each day. */
export function monthSheet(month: string, events: readonly CatalogueEvent[], timeZone: string): SheetDay[][] {
  const { first, last } = monthDays(month);
  const spans = events
    .map((event) => ({ event, ...eventDays(event, timeZone) }))
    .sort((one, other) => one.first.localeCompare(other.first) || other.last.localeCompare(one.last));
  const weeks: SheetDay[][] = [];
  for (let monday = addDays(first, -weekday(first)); monday <= last; monday = addDays(monday, 7)) {
    weeks.push(
      [0, 1, 2, 3, 4, 5, 6].map((offset) => {
        const day = addDays(monday, offset);
        return {
          day,
          isOutside: day < first || day > last,
          events: spans
            .filter((span) => span.first <= day && day <= span.last)
            .map((span) => ({ event: span.event, isContinued: span.first < day, goesOn: day < span.last })),
        };
      }),
    );
  }
  return weeks;
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
