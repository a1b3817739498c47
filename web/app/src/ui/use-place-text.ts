import type { PassagePlace } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";

/** Says where a passage stands in its original, such as "Page 3"; null where that is not known. */
export function usePlaceText(): (place: PassagePlace | undefined) => string | null {
  const { t } = useTranslation();
  return (place) => {
    if (place === undefined) return null;
    const { page, slide, sheet, first_row: first, last_row: last } = place;
    const rows =
      first === undefined
        ? null
        : last === undefined || last === first
          ? t("place.row", { row: first })
          : t("place.rows", { first, last });
    const parts = [
      page === undefined ? null : t("place.page", { page }),
      slide === undefined ? null : t("place.slide", { slide }),
      sheet === undefined ? null : t("place.sheet", { sheet }),
      rows,
    ].filter((part) => part !== null);
    return parts.length === 0 ? null : parts.join(", ");
  };
}
