import type { TimelineFilter } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import styles from "../../ui/records.module.css";

/** Says that only what a figure was made of is shown, and leads to the rest: no field of the filter can say so. */
export function BehindNote({ filter: { metric, labels = [] } }: { filter: TimelineFilter }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  if (metric === undefined) return null;
  const rest = new URLSearchParams(search);
  rest.delete("metric");
  rest.delete("filter");
  return (
    <p className={styles.lead}>
      {t("timeline.behind", { metric: [metric, ...labels.map(nameOf)].join(", ") })}{" "}
      <Link to={{ search: rest.toString() }} replace>
        {t("timeline.behind_clear")}
      </Link>
    </p>
  );
}

function nameOf(label: string): string {
  const [name, ...value] = label.split(":");
  return `${name}: ${value.join(":") || "–"}`;
}
