import type { CatalogueLocation } from "@evenkeel/sdk";
import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { eventsAtAddress, locationAddress, newId } from "./addresses.ts";
import styles from "./catalogue.module.css";
import { type LocationFilter, locationsQuery } from "./catalogue-queries.ts";
import { withValue } from "./event-filter.ts";
import { locationKinds } from "./location-fields.ts";
import { MergeBar } from "./merge-bar.tsx";
import { WordFilter } from "./word-filter.tsx";

/** The places of the catalogue; several that are the same can be chosen and merged. */
export function LocationList() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const kind = locationKinds.find((one) => one === search.get("kind"));
  const filter = { q: search.get("q") || undefined, kind };
  const query = useInfiniteQuery(locationsQuery(useClient(), filter));
  const locations = (query.data?.pages ?? []).flatMap((page) => page.items);
  const [chosen, setChosen] = useState<readonly CatalogueLocation[]>([]);
  const choose = (location: CatalogueLocation, isChosen: boolean) =>
    setChosen(isChosen ? [...chosen, location] : chosen.filter(({ id }) => id !== location.id));
  return (
    <section className={styles.section} aria-label={t("catalogue.locations")}>
      <div className={styles.head}>
        <p>{t("catalogue.locations_lead")}</p>
        <Button component={Link} to={locationAddress(newId)} leftSection={<Icon name="plus" size={16} />}>
          {t("catalogue.location_add")}
        </Button>
      </div>
      <LocationFilters filter={filter} />
      <MergeBar chosen={chosen} onChange={setChosen} />
      {query.isError ? (
        <ProblemNotice title={t("catalogue.locations_failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("catalogue.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[56, 56, 56]} /> : null}
      {query.isSuccess && locations.length === 0 ? (
        <Empty
          icon="pin"
          title={t(
            filter.q === undefined && kind === undefined ? "catalogue.locations_empty" : "catalogue.locations_none",
          )}
        />
      ) : null}
      {locations.length === 0 ? null : (
        <ul className={styles.rows} aria-busy={query.isPlaceholderData}>
          {locations.map((location) => (
            <LocationRow
              key={location.id}
              location={location}
              isChosen={chosen.some(({ id }) => id === location.id)}
              onChoose={(isChosen) => choose(location, isChosen)}
            />
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("catalogue.more")}
        </Button>
      ) : null}
    </section>
  );
}

function LocationFilters({ filter }: { filter: LocationFilter }) {
  const { t } = useTranslation();
  const [, setSearch] = useSearchParams();
  const change = (name: string, value: string) =>
    setSearch((current) => withValue(current, name, value), { replace: true });
  return (
    <div className={styles.filters}>
      <WordFilter label={t("catalogue.name")} value={filter.q ?? ""} onChange={(q) => change("q", q)} />
      <NativeSelect
        label={t("catalogue.kind")}
        value={filter.kind ?? ""}
        onChange={(event) => change("kind", event.currentTarget.value)}
        data={[
          { value: "", label: t("catalogue.kind_any") },
          ...locationKinds.map((kind) => ({ value: kind, label: t(`catalogue.kind_${kind}`) })),
        ]}
      />
    </div>
  );
}

interface LocationRowProps {
  location: CatalogueLocation;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

function LocationRow({ location, isChosen, onChoose }: LocationRowProps) {
  const { t } = useTranslation();
  const { id, name, kind, aliases, parent_name: parent } = location;
  return (
    <li className={styles.row} data-choosable>
      <Checkbox
        aria-label={t("catalogue.choose_named", { name })}
        checked={isChosen}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <div className={styles.main}>
        <h3>
          <Link to={locationAddress(id)}>{name}</Link>
        </h3>
        <p>{aliases.join(" · ")}</p>
      </div>
      <p className={styles.cell}>
        {[t(`catalogue.kind_${kind}`), parent].filter((part) => part !== undefined).join(" · ")}
      </p>
      <p className={`${styles.cell} ${styles.count}`}>
        <Link to={eventsAtAddress(id)}>{t("search.total", { count: location.event_count })}</Link>
      </p>
    </li>
  );
}
