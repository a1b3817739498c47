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
import { locationsAddress, newId } from "./addresses.ts";
import { locationQuery } from "./catalogue-queries.ts";
import { LocationEditor } from "./location-editor.tsx";

/** A place to be changed, or a new one. */
export function LocationView({ locationId }: { locationId: string }) {
  const { t } = useTranslation();
  const parents = [{ to: locationsAddress, label: t("catalogue.locations") }];
  return locationId === newId ? (
    <>
      <Trail parents={parents} current={t("catalogue.location_new")} />
      <LocationEditor location={undefined} />
    </>
  ) : (
    <ExistingLocation locationId={locationId} parents={parents} />
  );
}

interface ExistingLocationProps {
  locationId: string;
  parents: readonly { to: string; label: string }[];
}

function ExistingLocation({ locationId, parents }: ExistingLocationProps) {
  const { t } = useTranslation();
  const query = useQuery(locationQuery(useClient(), locationId));
  if (query.error instanceof NotFoundError) {
    return (
      <Missing title={t("catalogue.location_gone")} text={t("catalogue.gone_text")} to={locationsAddress}>
        {t("catalogue.to_locations")}
      </Missing>
    );
  }
  return (
    <>
      <Trail parents={parents} current={query.data?.name ?? t("search.place")} />
      {query.isError ? (
        <ProblemNotice title={t("catalogue.location_failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("catalogue.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[56, 56, 160]} /> : null}
      {query.data === undefined ? null : <LocationEditor key={query.data.id} location={query.data} />}
    </>
  );
}
