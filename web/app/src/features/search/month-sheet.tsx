import type { KeyboardEvent } from "react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "../../ui/events/event-days.ts";
import styles from "./month.module.css";
import type { DayEvent, SheetDay } from "./month-days.ts";

interface MonthSheetProps {
  weeks: readonly (readonly SheetDay[])[];
  today: string;
  chosen: string | undefined;
  isBusy: boolean;
  onChoose: (day: string) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
/** Lines of titles that a day has; events in others are counted. */
const mostTitles = 3;

/** The days of a month in weeks. One day is in the order of the Tab key; arrows lead to the others. */
export function MonthSheet({ weeks, today, chosen, isBusy, onChoose }: MonthSheetProps) {
  const { t, i18n } = useTranslation();
  const table = useRef<HTMLTableElement>(null);
  const days = weeks.flat();
  const entry = [chosen, today].find((day) => days.some((one) => one.day === day && !one.isOutside));
  const reachable = entry ?? days.find(({ isOutside }) => !isOutside)?.day;
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const step = steps[event.key];
    const from = event.currentTarget.dataset["day"];
    if (step === undefined || from === undefined) return;
    event.preventDefault();
    table.current?.querySelector<HTMLButtonElement>(`[data-day="${addDays(from, step)}"]`)?.focus();
  };
  const short = new Intl.DateTimeFormat(i18n.language, { weekday: "short", timeZone: "UTC" });
  const long = new Intl.DateTimeFormat(i18n.language, {
    weekday: "long",
    month: "long",
    day: "numeric",
    timeZone: "UTC",
  });
  return (
    <table ref={table} className={styles.sheet} aria-busy={isBusy} aria-label={t("search.view_calendar")}>
      <thead>
        <tr>
          {weeks[0]?.map(({ day }) => (
            <th key={day} scope="col">
              {short.format(Date.parse(day))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.day}>
            {week.map((one) => (
              <td key={one.day} data-outside={one.isOutside || undefined}>
                <button
                  type="button"
                  data-day={one.day}
                  tabIndex={one.day === reachable ? 0 : -1}
                  aria-pressed={one.day === chosen}
                  aria-current={one.day === today ? "date" : undefined}
                  aria-label={`${long.format(Date.parse(one.day))}: ${t("search.day_count", { count: one.events.length })}`}
                  onKeyDown={onKeyDown}
                  onClick={() => onChoose(one.day)}
                >
                  <DayContent day={one} />
                </button>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayContent({ day: { day, events } }: { day: SheetDay }) {
  const { t } = useTranslation();
  const shown = events.filter(({ lane }) => lane < mostTitles);
  const lines = shown.length === 0 ? 0 : (shown.at(-1)?.lane ?? 0) + 1;
  const rest = events.length - shown.length;
  return (
    <>
      <span className={styles.number}>{Number(day.slice(-2))}</span>
      {events.length === 0 ? null : <span className={styles.dot}>{events.length}</span>}
      {Array.from({ length: lines }, (_, lane) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else, and never move.
        <Line key={lane} one={shown.find((event) => event.lane === lane)} />
      ))}
      {rest > 0 ? <span className={styles.rest}>{t("search.day_rest", { count: rest })}</span> : null}
    </>
  );
}

function Line({ one }: { one: DayEvent | undefined }) {
  return one === undefined ? (
    <span className={styles.gap} />
  ) : (
    <span className={styles.title} data-continued={one.isContinued || undefined} data-goes-on={one.goesOn || undefined}>
      {one.event.title}
    </span>
  );
}
