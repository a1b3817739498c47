import type { UnderstoodDates, UnderstoodPlace, UnderstoodQuestion } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { type Correction, rangeText, type UnderstoodPart } from "./correction.ts";
import styles from "./events.module.css";
import { fullPlaceName, placeName } from "./place-name.ts";
import { UnderstoodChip } from "./understood-chip.tsx";
import { UnknownPlaces } from "./unknown-places.tsx";

interface UnderstoodChipsProps {
  understood: UnderstoodQuestion;
  onCorrect: (correction: Correction) => void;
  /** Leaves a part out; undefined where that cannot be. */
  removal: (part: UnderstoodPart) => (() => void) | undefined;
}

/** What was understood of places, dates and the way of attending; each part can be corrected where there is another reading. */
export function UnderstoodChips({ understood, onCorrect, removal }: UnderstoodChipsProps) {
  const { t } = useTranslation();
  const { places, dates, virtual } = understood;
  const isAny = places.length > 0 || dates !== undefined || virtual !== undefined;
  return (
    <div className={styles.understood}>
      {isAny ? (
        <ul className={styles.chips} aria-label={t("events.understood")}>
          {places.map((place) => (
            <PlaceChip
              key={place.span.start}
              place={place}
              onCorrect={onCorrect}
              onRemove={removal({ kind: "place", text: place.text, span: place.span })}
            />
          ))}
          {dates === undefined ? null : (
            <DatesChip dates={dates} onCorrect={onCorrect} onRemove={removal({ kind: "dates" })} />
          )}
          {virtual === undefined ? null : (
            <UnderstoodChip
              icon="language"
              label={t(virtual ? "events.online" : "events.in_person")}
              choices={[]}
              onRemove={removal({ kind: "virtual" })}
            />
          )}
        </ul>
      ) : null}
      <UnknownPlaces places={understood.unknown_places} onCorrect={onCorrect} />
    </div>
  );
}

interface PartProps {
  onCorrect: (correction: Correction) => void;
  onRemove: (() => void) | undefined;
}

function PlaceChip({ place, onCorrect, onRemove }: PartProps & { place: UnderstoodPlace }) {
  const { t, i18n } = useTranslation();
  const name = placeName(place, i18n.language);
  return (
    <UnderstoodChip
      icon="pin"
      label={place.within_km === undefined ? name : t("events.near", { place: name, count: place.within_km })}
      choices={place.others.map((other) => ({
        key: `${other.location_id ?? ""} ${fullPlaceName(other)}`,
        label: fullPlaceName(other),
        choose: () => onCorrect({ kind: "place", text: place.text, span: place.span, place: other }),
      }))}
      onRemove={onRemove}
    />
  );
}

function DatesChip({ dates, onCorrect, onRemove }: PartProps & { dates: UnderstoodDates }) {
  const { t, i18n } = useTranslation();
  const { otherwise, text, span } = dates;
  const choices =
    otherwise === undefined
      ? []
      : [
          {
            key: "otherwise",
            label: rangeText(otherwise, t, i18n.language),
            choose: () => onCorrect({ kind: "dates", text, span, dates: otherwise }),
          },
        ];
  return (
    <UnderstoodChip icon="calendar" label={rangeText(dates, t, i18n.language)} choices={choices} onRemove={onRemove} />
  );
}
