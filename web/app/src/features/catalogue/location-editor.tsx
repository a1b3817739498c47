import type { CatalogueLocation } from "@evenkeel/sdk";
import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { eventsAtAddress, locationAddress, locationsAddress } from "./addresses.ts";
import styles from "./catalogue.module.css";
import { locationQuery, refreshCatalogue } from "./catalogue-queries.ts";
import { ConfirmModal } from "./confirm-modal.tsx";
import { fieldErrors } from "./field-errors.ts";
import {
  fieldsOfLocation,
  type LocationField,
  type LocationFields,
  locationProblems,
  locationRequest,
  newLocationFields,
} from "./location-fields.ts";
import { LocationForm } from "./location-form.tsx";

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
  const [fields, setFields] = useState(() => (location === undefined ? newLocationFields : fieldsOfLocation(location)));
  const [isChecked, setIsChecked] = useState(false);
  const save = useSaveLocation(location, fields);
  const problems = locationProblems(fields);
  const fromServer = fieldErrors(save.error, wireNames);
  const ours = isChecked
    ? Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, t(`catalogue.${problem}`)]))
    : {};
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    setIsChecked(true);
    if (Object.keys(problems).length === 0 && !save.isPending) save.mutate();
  };
  const change = (next: LocationFields) => {
    // What was said of the last try is no longer true.
    if (!save.isIdle) save.reset();
    setFields(next);
  };
  return (
    <form className={styles.editor} onSubmit={submit} noValidate>
      <LocationForm fields={fields} id={location?.id} errors={{ ...fromServer, ...ours }} onChange={change} />
      {save.isError && Object.keys(fromServer).length === 0 ? (
        <ProblemNotice problem={describeProblem(save.error)} />
      ) : null}
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Button type="submit" loading={save.isPending}>
            {t(location === undefined ? "catalogue.location_create" : "catalogue.save")}
          </Button>
          <span role="status">{save.isSuccess ? t("catalogue.saved") : ""}</span>
        </Group>
        {location === undefined ? null : (
          <Group gap="sm">
            <Button component={Link} to={eventsAtAddress(location.id)} variant="default">
              {t("catalogue.events_here", { count: location.event_count })}
            </Button>
            <DeleteLocation location={location} />
          </Group>
        )}
      </Group>
    </form>
  );
}

function useSaveLocation(location: CatalogueLocation | undefined, fields: LocationFields) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => {
      const request = locationRequest(fields);
      return location === undefined
        ? client.catalogue.createLocation(request)
        : client.catalogue.saveLocation(location.id, request);
    },
    onSuccess: async (saved) => {
      queries.setQueryData(locationQuery(client, saved.id).queryKey, saved);
      if (location === undefined) navigate(locationAddress(saved.id), { replace: true });
      await refreshCatalogue(queries);
    },
  });
}

function DeleteLocation({ location }: { location: CatalogueLocation }) {
  const { t } = useTranslation();
  const client = useClient();
  const navigate = useNavigate();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setIsAsking(true)}>
        {t("catalogue.delete")}
      </Button>
      {isAsking ? (
        <ConfirmModal
          title={t("catalogue.location_delete")}
          action={t("catalogue.delete")}
          carryOut={() => client.catalogue.deleteLocation(location.id)}
          onClose={() => setIsAsking(false)}
          onDone={() => navigate(locationsAddress, { replace: true })}
        >
          <p className={styles.loss}>
            {t("catalogue.location_delete_text", { name: location.name, count: location.event_count })}
          </p>
        </ConfirmModal>
      ) : null}
    </>
  );
}
