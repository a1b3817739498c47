import type { CatalogueLocation } from "@evenkeel/sdk";
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { skipToken, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { fullPlaceName } from "../../ui/events/place-name.ts";
import { locationQuery, suggestionsQuery } from "./catalogue-queries.ts";

interface PlacePickerProps {
  label: string;
  description?: string;
  value: string | null;
  error?: string | undefined;
  /** Not offered: a place cannot contain itself. */
  except?: string | undefined;
  onChange: (id: string | null) => void;
}

const typingMilliseconds = 200;

/** Chooses a place of the catalogue by typing a part of its name. */
export function PlacePicker({ label, description, value, error, except, onChange }: PlacePickerProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [words, setWords] = useState("");
  const chosen = useQuery({
    ...locationQuery(client, value ?? ""),
    ...(value === null ? { queryFn: skipToken } : {}),
  }).data;
  // What stands in the field after a choice is the name of it, and no search.
  const isSearch = chosen === undefined || words !== nameOf(chosen);
  const [sought] = useDebouncedValue(isSearch ? words.trim() : "", typingMilliseconds);
  const found = useQuery(suggestionsQuery(client, sought)).data?.items ?? [];
  const offered = [...(chosen === undefined ? [] : [chosen]), ...found.filter(({ id }) => id !== chosen?.id)];
  return (
    <Select
      label={label}
      description={description}
      placeholder={t("catalogue.place_placeholder")}
      nothingFoundMessage={t("catalogue.place_none")}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("catalogue.place_clear") }}
      value={value}
      error={error}
      searchValue={words}
      onSearchChange={setWords}
      onChange={onChange}
      filter={({ options }) => options}
      data={offered
        .filter(({ id }) => id !== except)
        .map((location) => ({ value: location.id, label: nameOf(location) }))}
    />
  );
}

function nameOf({ name, parent_name: parent }: CatalogueLocation): string {
  return fullPlaceName({ name, country: parent });
}
