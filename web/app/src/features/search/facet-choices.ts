import type { FacetValue } from "@evenkeel/sdk";

/** A value one can narrow to. */
export interface FacetChoice extends FacetValue {
  isChosen: boolean;
}

/** The values of a facet, those that are chosen first; chosen ones that nothing has are shown too, or they could not be taken back. */
export function facetChoices(
  values: readonly FacetValue[],
  isChosen: (value: string) => boolean,
  chosen: readonly string[] = [],
): readonly FacetChoice[] {
  const known = new Set(values.map(({ value }) => value));
  const absent = chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value, count: 0 }));
  const all = [...absent, ...values].map((facet) => ({ ...facet, isChosen: isChosen(facet.value) }));
  return [...all.filter((one) => one.isChosen), ...all.filter((one) => !one.isChosen)];
}
