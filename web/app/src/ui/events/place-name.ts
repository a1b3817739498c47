/** A place as it comes over the wire: of an event, of a question, or one that may have been meant. */
interface NamedPlace {
  name: string;
  chinese_name?: string | undefined;
  city?: string | undefined;
  city_chinese_name?: string | undefined;
  country?: string | undefined;
  country_code?: string | undefined;
}

/** A place by its full name as the catalogue has it: "Berlin, Germany", "Western Dock, Amsterdam, Netherlands". */
export function fullPlaceName(
  { name, city, country }: Pick<NamedPlace, "name" | "city" | "country">,
  between = ", ",
): string {
  return [name, city, country === name ? undefined : country].filter((part) => part !== undefined).join(between);
}

/** The same in the reader's language, as far as it is known: "柏林，德国". */
export function placeName(place: NamedPlace, language: string): string {
  if (!language.startsWith("zh")) return fullPlaceName(place);
  return fullPlaceName(
    {
      name: place.chinese_name ?? place.name,
      city: place.city_chinese_name ?? place.city,
      country: countryOf(place, language),
    },
    "，",
  );
}

/** A country by its name in the reader's language; as `name` where that is not known. */
export function countryName(code: string, name: string, language: string): string {
  if (!language.startsWith("zh") || !/^[A-Z]{2}$/.test(code)) return name;
  return new Intl.DisplayNames("zh", { type: "region", fallback: "none" }).of(code) ?? name;
}

function countryOf({ country, country_code: code }: NamedPlace, language: string): string | undefined {
  return country === undefined || code === undefined ? country : countryName(code, country, language);
}
