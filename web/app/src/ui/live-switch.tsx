import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useFilterChange } from "./use-filter-change.ts";

/** Whether the list looks again by itself; it does unless the address says otherwise. */
export function useIsLive(): boolean {
  const [search] = useSearchParams();
  return search.get("live") !== "off";
}

/** Switches that in the address. */
export function LiveSwitch() {
  const { t } = useTranslation();
  const change = useFilterChange();
  return (
    <Switch
      label={t("list.live")}
      title={t("list.live_hint")}
      checked={useIsLive()}
      onChange={(event) => change("live", event.currentTarget.checked ? "" : "off")}
    />
  );
}
