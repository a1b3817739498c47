import type { FacetValue } from "@evenkeel/sdk";
import { ActionIcon, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { EventCard } from "../../ui/events/event-card.tsx";
import { dayAt, formatDays, personTimeZone } from "../../ui/events/event-days.ts";
import { Icon } from "../../ui/icons.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import styles from "./month.module.css";
import { firstMonth, monthSheet, type SheetDay } from "./month-days.ts";
import { MonthSheet } from "./month-sheet.tsx";
import { type Conditions, monthRequest, readMonth, shiftMonth } from "./search-conditions.ts";
import { monthQuery } from "./search-queries.ts";

interface MonthViewProps {
  conditions: Conditions;
  /** Months in which something fits. */
  months: readonly FacetValue[];
}

/** What fits, in the sheet of a month; the chosen day's events stand below. */
export function MonthView({ conditions, months }: MonthViewProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const timeZone = personTimeZone();
  const today = dayAt(Date.now(), timeZone);
  const month = readMonth(search) ?? firstMonth(months, today);
  const query = useQuery(monthQuery(useClient(), monthRequest(conditions, month, timeZone)));
  const weeks = monthSheet(month, query.data?.events ?? [], timeZone);
  const chosen = weeks.flat().find(({ day }) => day === search.get("day"));
  const go = (changed: Readonly<Record<string, string>>) =>
    setSearch((current) => {
      const next = new URLSearchParams(current);
      next.delete("day");
      for (const [name, value] of Object.entries(changed)) next.set(name, value);
      return next;
    });
  return (
    <div className={styles.view}>
      <MonthHead month={month} onGo={(other) => go({ month: other })} today={today.slice(0, 7)} />
      {query.isError ? (
        <ProblemNotice title={t("search.failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("search.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isLoading ? <Placeholder heights={[320]} /> : null}
      <MonthSheet
        weeks={weeks}
        today={today}
        chosen={chosen?.day}
        isBusy={query.isFetching}
        onChoose={(day) => go({ month, day })}
      />
      {query.data?.isWhole === false ? <p className={styles.hint}>{t("search.month_part")}</p> : null}
      <ChosenDay chosen={chosen} />
    </div>
  );
}

interface MonthHeadProps {
  month: string;
  today: string;
  onGo: (month: string) => void;
}

function MonthHead({ month, today, onGo }: MonthHeadProps) {
  const { t, i18n } = useTranslation();
  const name = new Intl.DateTimeFormat(i18n.language, { month: "long", year: "numeric", timeZone: "UTC" });
  return (
    <div className={styles.head}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t("search.month_before")}
        onClick={() => onGo(shiftMonth(month, -1))}
      >
        <span className={styles.before}>
          <Icon name="chevron" />
        </span>
      </ActionIcon>
      <h2 aria-live="polite">{name.format(Date.parse(`${month}-01`))}</h2>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t("search.month_after")}
        onClick={() => onGo(shiftMonth(month, 1))}
      >
        <span className={styles.after}>
          <Icon name="chevron" />
        </span>
      </ActionIcon>
      <Button variant="default" size="xs" onClick={() => onGo(today)}>
        {t("search.today")}
      </Button>
    </div>
  );
}

function ChosenDay({ chosen }: { chosen: SheetDay | undefined }) {
  const { t, i18n } = useTranslation();
  if (chosen === undefined) return <p className={styles.hint}>{t("search.choose_day")}</p>;
  const name = formatDays({ first: chosen.day, last: chosen.day }, i18n.language);
  return (
    <section className={styles.day} aria-label={name}>
      <h3>{name}</h3>
      {chosen.events.length === 0 ? <p className={styles.hint}>{t("search.day_empty")}</p> : null}
      <ul>
        {chosen.events.map(({ event }) => (
          <li key={event.id}>
            <EventCard event={event} />
          </li>
        ))}
      </ul>
    </section>
  );
}
