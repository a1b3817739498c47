import type { CatalogueLocation } from "@evenkeel/sdk";
import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icons.tsx";
import { PagedRows } from "../../ui/paged-rows.tsx";
import { eventsAtAddress, locationAddress, newId } from "./addresses.ts";
import styles from "./catalogue.module.css";
import { locationsQuery } from "./catalogue-queries.ts";
import { locationKinds } from "./location-fields.ts";
import { LocationFilters } from "./location-filters.tsx";
import { MergeBar } from "./merge-bar.tsx";

/** The places of the catalogue; several that are the same can be chosen and merged. */
export function LocationList() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const kind = locationKinds.find((one) => one === search.get("kind"));
  const filter = { q: search.get("q") || undefined, kind };
  const query = useInfiniteQuery(locationsQuery(useClient(), filter));
  const isFiltered = filter.q !== undefined || kind !== undefined;
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
      <PagedRows
        query={query}
        failed={t("catalogue.locations_failed")}
        empty={<Empty icon="pin" title={t(isFiltered ? "catalogue.locations_none" : "catalogue.locations_empty")} />}
        className={styles.rows}
        row={(location) => (
          <LocationRow
            key={location.id}
            location={location}
            isChosen={chosen.some(({ id }) => id === location.id)}
            onChoose={(isChosen) => choose(location, isChosen)}
          />
        )}
      />
    </section>
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
