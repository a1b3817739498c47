/** A place as it comes over the wire: of an event, of a question, or one that may have been meant. */
interface NamedPlace {
  name: string;
  chinese_name?: string | undefined;
  country?: string | undefined;
  country_code?: string | undefined;
}

/** A place by its full name as the catalogue has it: "Berlin, Germany". */
export function fullPlaceName({ name, country }: Pick<NamedPlace, "name" | "country">, between = ", "): string {
  return country === undefined || country === name ? name : `${name}${between}${country}`;
}

/** The same in the reader's language, as far as it is known: "柏林，德国". */
export function placeName(place: NamedPlace, language: string): string {
  if (!language.startsWith("zh")) return fullPlaceName(place);
  return fullPlaceName({ name: place.chinese_name ?? place.name, country: countryOf(place, language) }, "，");
}

/** A country by its name in the reader's language; as `name` where that is not known. */
export function countryName(code: string, name: string, language: string): string {
  if (!language.startsWith("zh") || !/^[A-Z]{2}$/.test(code)) return name;
  return new Intl.DisplayNames("zh", { type: "region", fallback: "none" }).of(code) ?? name;
}

function countryOf({ country, country_code: code }: NamedPlace, language: string): string | undefined {
  return country === undefined || code === undefined ? country : countryName(code, country, language);
}
