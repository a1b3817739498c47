import type { CatalogueLocation } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { eventsAtAddress, locationAddress, locationsAddress } from "./addresses.ts";
import { locationQuery } from "./catalogue-queries.ts";
import { DeleteButton } from "./delete-button.tsx";
import {
  fieldsOfLocation,
  type LocationField,
  locationProblems,
  locationRequest,
  newLocationFields,
} from "./location-fields.ts";
import { LocationForm } from "./location-form.tsx";
import { RecordForm } from "./record-form.tsx";
import { useRecordForm } from "./use-record-form.ts";

const wireNames: Readonly<Record<string, LocationField>> = {
  name: "name",
  country_code: "countryCode",
  latitude: "latitude",
  longitude: "longitude",
  parent_id: "parentId",
  time_zone: "timeZone",
  aliases: "aliases",
};

/** The form of a place, with saving and deleting; undefined = one that is to be made. */
export function LocationEditor({ location }: { location: CatalogueLocation | undefined }) {
  const { t } = useTranslation();
  const { catalogue } = useClient();
  const form = useLocationForm(location);
  return (
    <RecordForm
      form={form}
      action={t(location === undefined ? "catalogue.location_create" : "catalogue.save")}
      buttons={
        location === undefined ? undefined : (
          <>
            <Button component={Link} to={eventsAtAddress(location.id)} variant="default">
              {t("catalogue.events_here", { count: location.event_count })}
            </Button>
            <DeleteButton
              title={t("catalogue.location_delete")}
              text={t("catalogue.location_delete_text", { name: location.name, count: location.event_count })}
              to={locationsAddress}
              carryOut={() => catalogue.deleteLocation(location.id)}
            />
          </>
        )
      }
    >
      <LocationForm fields={form.fields} id={location?.id} errors={form.errors} onChange={form.change} />
    </RecordForm>
  );
}

function useLocationForm(location: CatalogueLocation | undefined) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useRecordForm({
    initial: () => (location === undefined ? newLocationFields : fieldsOfLocation(location)),
    problemsOf: locationProblems,
    wireNames,
    save: (fields) =>
      location === undefined
        ? client.catalogue.createLocation(locationRequest(fields))
        : client.catalogue.saveLocation(location.id, locationRequest(fields)),
    onSaved: (saved) => {
      queries.setQueryData(locationQuery(client, saved.id).queryKey, saved);
      if (location === undefined) navigate(locationAddress(saved.id), { replace: true });
    },
  });
}
