import type { FacetValue, SearchFacets } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { countryName } from "../../ui/events/place-name.ts";
import { type FacetChoice, facetChoices } from "./facet-choices.ts";
import styles from "./search.module.css";
import { type Conditions, monthDays } from "./search-conditions.ts";

interface SearchFacetListsProps {
  facets: SearchFacets;
  conditions: Conditions;
  onChange: (changed: Partial<Conditions>) => void;
}

/** How many events have which value; a click narrows to them, another one widens again. */
export function SearchFacetLists({ facets, conditions, onChange }: SearchFacetListsProps) {
  const { t, i18n } = useTranslation();
  const isNarrow = useMediaQuery("(max-width: 860px)", undefined, { getInitialValueInEffect: false }) ?? false;
  const { categories, countries, from, to, virtual } = conditions;
  const monthName = new Intl.DateTimeFormat(i18n.language, { month: "long", year: "numeric", timeZone: "UTC" });
  const isMonth = (value: string) => from === monthDays(value).first && to === monthDays(value).last;
  const chooseMonth = (value: string) => {
    const { first, last } = monthDays(value);
    onChange(isMonth(value) ? { from: undefined, to: undefined } : { from: first, to: last });
  };
  const months = facets.months.map((facet) => ({ ...facet, label: monthName.format(Date.parse(`${facet.value}-01`)) }));
  const attending = facets.virtual.map((facet) => ({
    ...facet,
    label: t(facet.value === "true" ? "events.online" : "events.in_person"),
  }));
  const lists = (
    <>
      <FacetList
        label={t("search.facet_categories")}
        choices={facetChoices(facets.categories, (value) => categories.includes(value), categories)}
        onChoose={(value) => onChange({ categories: toggled(categories, value) })}
      />
      <FacetList
        label={t("search.facet_countries")}
        choices={facetChoices(facets.countries, (value) => countries.includes(value), countries).map((choice) => ({
          ...choice,
          label: countryName(choice.value, choice.label, i18n.language),
        }))}
        onChoose={(value) => onChange({ countries: toggled(countries, value) })}
      />
      <FacetList label={t("search.facet_months")} choices={facetChoices(months, isMonth)} onChoose={chooseMonth} />
      <FacetList
        label={t("search.facet_attending")}
        choices={facetChoices(attending, (value) => value === String(virtual))}
        onChoose={(value) => onChange({ virtual: value === String(virtual) ? undefined : value === "true" })}
      />
    </>
  );
  return isNarrow ? (
    <details className={styles.facets}>
      <summary>{t("search.narrow")}</summary>
      {lists}
    </details>
  ) : (
    <aside className={styles.facets} aria-label={t("search.narrow")}>
      {lists}
    </aside>
  );
}

interface FacetListProps {
  label: string;
  choices: readonly FacetChoice[];
  onChoose: (value: FacetValue["value"]) => void;
}

const shownAtFirst = 8;

function FacetList({ label, choices, onChoose }: FacetListProps) {
  const { t, i18n } = useTranslation();
  const [isWhole, setIsWhole] = useState(false);
  const number = new Intl.NumberFormat(i18n.language);
  if (choices.length === 0) return null;
  return (
    <section className={styles.facet} aria-label={label}>
      <h2>{label}</h2>
      <ul>
        {choices.slice(0, isWhole ? choices.length : shownAtFirst).map(({ value, label: name, count, isChosen }) => (
          <li key={value}>
            <button type="button" aria-pressed={isChosen} onClick={() => onChoose(value)}>
              <span>{name}</span>
              <span className={styles.count}>{number.format(count)}</span>
            </button>
          </li>
        ))}
      </ul>
      {choices.length <= shownAtFirst ? null : (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? t("search.fewer") : t("search.all_values", { count: choices.length })}
        </Button>
      )}
    </section>
  );
}

function toggled(values: readonly string[], value: string): readonly string[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
