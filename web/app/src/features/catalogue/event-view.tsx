import { NotFoundError } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Missing } from "../../ui/missing.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { Trail } from "../../ui/trail.tsx";
import { eventsAddress, newId } from "./addresses.ts";
import { eventQuery } from "./catalogue-queries.ts";
import { EventEditor } from "./event-editor.tsx";

/** An event to be changed, or a new one. */
export function EventView({ eventId }: { eventId: string }) {
  const { t } = useTranslation();
  const parents = [{ to: eventsAddress, label: t("catalogue.events") }];
  return eventId === newId ? (
    <>
      <Trail parents={parents} current={t("catalogue.event_new")} />
      <EventEditor event={undefined} />
    </>
  ) : (
    <ExistingEvent eventId={eventId} parents={parents} />
  );
}

interface ExistingEventProps {
  eventId: string;
  parents: readonly { to: string; label: string }[];
}

function ExistingEvent({ eventId, parents }: ExistingEventProps) {
  const { t } = useTranslation();
  const query = useQuery(eventQuery(useClient(), eventId));
  if (query.error instanceof NotFoundError) {
    return (
      <Missing title={t("catalogue.event_gone")} text={t("catalogue.gone_text")} to={eventsAddress}>
        {t("catalogue.to_events")}
      </Missing>
    );
  }
  return (
    <>
      <Trail parents={parents} current={query.data?.title ?? t("catalogue.event")} />
      {query.isError ? (
        <ProblemNotice title={t("catalogue.event_failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("catalogue.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[56, 56, 160]} /> : null}
      {query.data === undefined ? null : <EventEditor key={query.data.id} event={query.data} />}
    </>
  );
}
