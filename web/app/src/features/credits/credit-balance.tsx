import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Icon } from "../../ui/icons.tsx";
import { formatCredits } from "./credit-format.ts";
import { creditsQuery } from "./credit-queries.ts";
import styles from "./credits.module.css";

/** What is left, where somebody counts; leads administrators to the page. */
export function CreditBalance({ isLinked }: { isLinked: boolean }) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(creditsQuery(useClient()));
  if (data?.balance === undefined) return null;
  const content = (
    <>
      <Icon name="coins" size={16} />
      {t("credits.balance_link", { amount: formatCredits(data.balance, i18n.language) })}
    </>
  );
  const tone = data.balance <= 0 ? "low" : undefined;
  return isLinked ? (
    <Link to="/admin/credits" className={styles.left} data-tone={tone}>
      {content}
    </Link>
  ) : (
    <p className={styles.left} data-tone={tone}>
      {content}
    </p>
  );
}
