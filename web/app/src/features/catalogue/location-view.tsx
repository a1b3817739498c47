import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Trail } from "../../ui/trail.tsx";
import { locationsAddress, newId } from "./addresses.ts";
import { locationQuery } from "./catalogue-queries.ts";
import { LocationEditor } from "./location-editor.tsx";
import { RecordView } from "./record-view.tsx";

/** A place to be changed, or a new one. */
export function LocationView({ locationId }: { locationId: string }) {
  const { t } = useTranslation();
  const list = { to: locationsAddress, label: t("catalogue.locations") };
  return locationId === newId ? (
    <>
      <Trail parents={[list]} current={t("catalogue.location_new")} />
      <LocationEditor location={undefined} />
    </>
  ) : (
    <ExistingLocation locationId={locationId} list={list} />
  );
}

function ExistingLocation({ locationId, list }: { locationId: string; list: { to: string; label: string } }) {
  const { t } = useTranslation();
  return (
    <RecordView
      query={useQuery(locationQuery(useClient(), locationId))}
      list={list}
      texts={{
        unnamed: t("search.place"),
        failed: t("catalogue.location_failed"),
        gone: t("catalogue.location_gone"),
        toList: t("catalogue.to_locations"),
      }}
      nameOf={({ name }) => name}
    >
      {(location) => <LocationEditor key={location.id} location={location} />}
    </RecordView>
  );
}
