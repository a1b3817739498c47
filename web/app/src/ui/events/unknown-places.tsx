import type { UnknownPlace } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Icon } from "../icons.tsx";
import type { Correction } from "./correction.ts";
import styles from "./events.module.css";
import { fullPlaceName } from "./place-name.ts";

interface UnknownPlacesProps {
  places: readonly UnknownPlace[];
  onCorrect: (correction: Correction) => void;
}

/** Places that were named and are not known: said, with what may have been meant. */
export function UnknownPlaces({ places, onCorrect }: UnknownPlacesProps) {
  const { t } = useTranslation();
  return places.map((unknown) => (
    <div key={unknown.span.start} className={styles.unknown} role="status">
      <Icon name="warning" size={16} />
      <span>
        {t("events.unknown_place", { place: unknown.text })}
        {unknown.suggestions.length === 0 ? null : ` ${t("events.did_you_mean")}`}
      </span>
      {unknown.suggestions.map((place) => (
        <button
          key={`${place.location_id ?? ""} ${fullPlaceName(place)}`}
          type="button"
          onClick={() => onCorrect({ kind: "place", text: unknown.text, span: unknown.span, place })}
        >
          {fullPlaceName(place)}
        </button>
      ))}
    </div>
  ));
}
