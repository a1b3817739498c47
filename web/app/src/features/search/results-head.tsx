import type { SearchResponse } from "@evenkeel/sdk";
import { Button, SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { Icon } from "../../ui/icons.tsx";
import styles from "./search.module.css";

/** Address of a chat about results. */
export type ChatAddress = (results: Pick<SearchResponse, "handle" | "total">) => string;

interface ResultsHeadProps {
  response: SearchResponse;
  /** The results were too old to be paged on, and were searched again. */
  isRenewed: boolean;
  chatAddress: ChatAddress;
}

/** How many fit, how they are shown, and the way to ask about them. */
export function ResultsHead({ response, isRenewed, chatAddress }: ResultsHeadProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.resultsHead}>
        <p role="status">{t("search.total", { count: response.total })}</p>
        <ViewSwitch />
        {response.total === 0 ? null : (
          <Button
            component={Link}
            to={chatAddress(response)}
            size="xs"
            variant="default"
            leftSection={<Icon name="question" size={16} />}
          >
            {t("search.ask")}
          </Button>
        )}
      </div>
      {isRenewed ? (
        <p className={styles.note} role="status">
          {t("search.renewed")}
        </p>
      ) : null}
      {response.warnings.length === 0 ? null : <p className={styles.note}>{t("search.substitute")}</p>}
    </>
  );
}

function ViewSwitch() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const show = (view: string) =>
    setSearch((current) => {
      const next = new URLSearchParams(current);
      if (view === "calendar") next.set("view", view);
      else for (const name of ["view", "month", "day"]) next.delete(name);
      return next;
    });
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("search.view")}
      value={search.get("view") === "calendar" ? "calendar" : "list"}
      onChange={show}
      data={[
        { value: "list", label: t("search.view_list") },
        { value: "calendar", label: t("search.view_calendar") },
      ]}
    />
  );
}
