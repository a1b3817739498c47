import type { CatalogueEvent } from "@evenkeel/sdk";
import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { AddToCalendar } from "../../ui/events/add-to-calendar.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { eventAddress, eventsAddress } from "./addresses.ts";
import styles from "./catalogue.module.css";
import { eventQuery, refreshCatalogue } from "./catalogue-queries.ts";
import { ConfirmModal } from "./confirm-modal.tsx";
import {
  type EventField,
  type EventFields,
  eventProblems,
  eventRequest,
  fieldsOfEvent,
  newEventFields,
} from "./event-fields.ts";
import { EventForm } from "./event-form.tsx";
import { fieldErrors } from "./field-errors.ts";

const wireNames: Readonly<Record<string, EventField>> = {
  title: "title",
  starts: "starts",
  ends: "ends",
  url: "url",
  time_zone: "timeZone",
  location_id: "locationId",
  categories: "categories",
  languages: "languages",
};

/** The form of an event, with saving and deleting; undefined = one that is to be made. */
export function EventEditor({ event }: { event: CatalogueEvent | undefined }) {
  const { t } = useTranslation();
  const [fields, setFields] = useState(() => (event === undefined ? newEventFields : fieldsOfEvent(event)));
  const [isChecked, setIsChecked] = useState(false);
  const save = useSaveEvent(event, fields);
  const problems = eventProblems(fields);
  const fromServer = fieldErrors(save.error, wireNames);
  const ours = isChecked
    ? Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, t(`catalogue.${problem}`)]))
    : {};
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    setIsChecked(true);
    if (Object.keys(problems).length === 0 && !save.isPending) save.mutate();
  };
  const change = (next: EventFields) => {
    // What was said of the last try is no longer true.
    if (!save.isIdle) save.reset();
    setFields(next);
  };
  return (
    <form className={styles.editor} onSubmit={submit} noValidate>
      <EventForm fields={fields} errors={{ ...fromServer, ...ours }} onChange={change} />
      {save.isError && Object.keys(fromServer).length === 0 ? (
        <ProblemNotice problem={describeProblem(save.error)} />
      ) : null}
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Button type="submit" loading={save.isPending}>
            {t(event === undefined ? "catalogue.event_create" : "catalogue.save")}
          </Button>
          <span role="status">{save.isSuccess ? t("catalogue.saved") : ""}</span>
        </Group>
        {event === undefined ? null : (
          <Group gap="sm">
            <AddToCalendar event={event} />
            <DeleteEvent event={event} />
          </Group>
        )}
      </Group>
    </form>
  );
}

function useSaveEvent(event: CatalogueEvent | undefined, fields: EventFields) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => {
      const request = eventRequest(fields);
      return event === undefined
        ? client.catalogue.createEvent(request)
        : client.catalogue.saveEvent(event.id, request);
    },
    onSuccess: async (saved) => {
      queries.setQueryData(eventQuery(client, saved.id).queryKey, saved);
      if (event === undefined) navigate(eventAddress(saved.id), { replace: true });
      await refreshCatalogue(queries);
    },
  });
}

function DeleteEvent({ event }: { event: CatalogueEvent }) {
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
          title={t("catalogue.event_delete")}
          action={t("catalogue.delete")}
          carryOut={() => client.catalogue.deleteEvent(event.id)}
          onClose={() => setIsAsking(false)}
          onDone={() => navigate(eventsAddress, { replace: true })}
        >
          <p className={styles.loss}>{t("catalogue.event_delete_text", { title: event.title })}</p>
        </ConfirmModal>
      ) : null}
    </>
  );
}
