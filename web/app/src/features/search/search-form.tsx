import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { AttendingSelect } from "../../ui/events/attending-select.tsx";
import { Icon } from "../../ui/icons.tsx";
import styles from "./search.module.css";
import { type Conditions, isNarrowed, readConditions } from "./search-conditions.ts";

interface SearchFormProps {
  conditions: Conditions;
  onChange: (changed: Partial<Conditions>) => void;
}

/** The question in words, and filters. Words count when they are sent; days and the way of attending at once. */
export function SearchForm({ conditions, onChange }: SearchFormProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useWords(conditions.query);
  const [location, setLocation] = useWords(conditions.location);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange({ query: query.trim(), location: location.trim() });
  };
  return (
    <search>
      <form className={styles.form} onSubmit={submit} noValidate>
        <div className={styles.box}>
          <TextInput
            type="search"
            size="md"
            aria-label={t("search.query")}
            placeholder={t("search.query_placeholder")}
            leftSection={<Icon name="search" />}
            value={query}
            maxLength={1000}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          <Button type="submit" size="md">
            {t("search.submit")}
          </Button>
        </div>
        <div className={styles.filters}>
          <TextInput
            label={t("search.place")}
            placeholder={t("search.place_placeholder")}
            value={location}
            maxLength={200}
            onChange={(event) => setLocation(event.currentTarget.value)}
            onBlur={() =>
              location.trim() === conditions.location ? undefined : onChange({ location: location.trim() })
            }
          />
          <DayFilters conditions={conditions} onChange={onChange} />
          <AttendingSelect value={conditions.virtual} onChange={(virtual) => onChange({ virtual })} />
        </div>
        {isNarrowed(conditions) ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            className={styles.clear ?? ""}
            onClick={() => onChange(readConditions(new URLSearchParams()))}
          >
            {t("search.clear")}
          </Button>
        ) : null}
      </form>
    </search>
  );
}

/** Words being typed; they follow when the address says others. */
function useWords(given: string) {
  const [followed, setFollowed] = useState(given);
  const [words, setWords] = useState(given);
  if (followed !== given) {
    setFollowed(given);
    setWords(given);
  }
  return [words, setWords] as const;
}

function DayFilters({ conditions: { from, to }, onChange }: SearchFormProps) {
  const { t } = useTranslation();
  const isReversed = from !== undefined && to !== undefined && from > to;
  return (
    <>
      <TextInput
        type="date"
        label={t("search.from")}
        value={from ?? ""}
        onChange={({ currentTarget: { value } }) => onChange({ from: value === "" ? undefined : value })}
      />
      <TextInput
        type="date"
        label={t("search.to")}
        value={to ?? ""}
        error={isReversed ? t("search.days_reversed") : undefined}
        onChange={({ currentTarget: { value } }) => onChange({ to: value === "" ? undefined : value })}
      />
    </>
  );
}
