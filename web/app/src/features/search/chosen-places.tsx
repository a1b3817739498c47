import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import styles from "../../ui/events/events.module.css";
import { fullPlaceName } from "../../ui/events/place-name.ts";
import { UnderstoodChip } from "../../ui/events/understood-chip.tsx";
import { placeQuery } from "./search-queries.ts";

interface ChosenPlacesProps {
  ids: readonly string[];
  onChange: (ids: readonly string[]) => void;
}

/** Places that were chosen by a click, each with the way to leave it out. */
export function ChosenPlaces({ ids, onChange }: ChosenPlacesProps) {
  const { t } = useTranslation();
  if (ids.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={t("search.chosen_places")}>
      {ids.map((id) => (
        <ChosenPlace key={id} id={id} onRemove={() => onChange(ids.filter((other) => other !== id))} />
      ))}
    </ul>
  );
}

function ChosenPlace({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { t } = useTranslation();
  const { data, isError } = useQuery(placeQuery(useClient(), id));
  const unnamed = isError ? t("search.place_gone") : t("app.loading");
  const name = data === undefined ? unnamed : fullPlaceName({ name: data.name, country: data.parent_name });
  return <UnderstoodChip icon="pin" label={name} choices={[]} onRemove={onRemove} />;
}
