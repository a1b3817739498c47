import type { CatalogueEvent } from "@evenkeel/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { AddToCalendar } from "../../ui/events/add-to-calendar.tsx";
import { eventAddress, eventsAddress } from "./addresses.ts";
import { eventQuery } from "./catalogue-queries.ts";
import { DeleteButton } from "./delete-button.tsx";
import { type EventField, eventProblems, eventRequest, fieldsOfEvent, newEventFields } from "./event-fields.ts";
import { EventForm } from "./event-form.tsx";
import { RecordForm } from "./record-form.tsx";
import { useRecordForm } from "./use-record-form.ts";

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
  const { catalogue } = useClient();
  const form = useEventForm(event);
  return (
    <RecordForm
      form={form}
      action={t(event === undefined ? "catalogue.event_create" : "catalogue.save")}
      buttons={
        event === undefined ? undefined : (
          <>
            <AddToCalendar event={event} size="sm" />
            <DeleteButton
              title={t("catalogue.event_delete")}
              text={t("catalogue.event_delete_text", { title: event.title })}
              to={eventsAddress}
              carryOut={() => catalogue.deleteEvent(event.id)}
            />
          </>
        )
      }
    >
      <EventForm fields={form.fields} errors={form.errors} onChange={form.change} />
    </RecordForm>
  );
}

function useEventForm(event: CatalogueEvent | undefined) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useRecordForm({
    initial: () => (event === undefined ? newEventFields : fieldsOfEvent(event)),
    problemsOf: eventProblems,
    wireNames,
    save: (fields) =>
      event === undefined
        ? client.catalogue.createEvent(eventRequest(fields))
        : client.catalogue.saveEvent(event.id, eventRequest(fields)),
    onSaved: (saved) => {
      queries.setQueryData(eventQuery(client, saved.id).queryKey, saved);
      if (event === undefined) navigate(eventAddress(saved.id), { replace: true });
    },
  });
}
