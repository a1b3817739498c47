import type { CreditStatus } from "@evenkeel/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { formatCredits } from "./credit-format.ts";
import styles from "./credits.module.css";

/** The figures. */
export function CreditSummary({ credits }: { credits: CreditStatus }) {
  const { t, i18n } = useTranslation();
  const amount = (value: number) => formatCredits(value, i18n.language);
  const isUsedUp = credits.balance !== undefined && credits.balance <= 0;
  return (
    <section className={styles.summary} aria-label={t("credits.overview")}>
      <dl className={styles.figures}>
        {credits.balance === undefined ? null : (
          <Figure name={t("credits.balance")} tone={isUsedUp ? "low" : undefined}>
            {amount(credits.balance)}
          </Figure>
        )}
        <Figure name={t("credits.plan")}>
          {credits.is_metered ? credits.plan : t("credits.plan_not_metered", { plan: credits.plan })}
        </Figure>
        {credits.monthly_allowance === undefined ? null : (
          <Figure name={t("credits.allowance")}>{amount(credits.monthly_allowance)}</Figure>
        )}
        {credits.next_refill_at === undefined ? null : (
          <Figure name={t("credits.next_refill")}>
            <RelativeTime at={credits.next_refill_at} />
          </Figure>
        )}
        {credits.held === undefined ? null : <Figure name={t("credits.held")}>{amount(credits.held)}</Figure>}
        <Figure name={t("credits.used")}>{amount(credits.used_this_month)}</Figure>
        <Figure name={t("credits.answers")}>{amount(credits.answers_this_month)}</Figure>
      </dl>
      {isUsedUp ? <p className={styles.low}>{t("credits.low")}</p> : null}
      <p className={styles.explain}>
        {credits.is_metered ? t("credits.explain_metered") : t("credits.explain_unmetered")}
      </p>
    </section>
  );
}

function Figure({ name, tone, children }: { name: string; tone?: "low" | undefined; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-tone={tone}>{children}</dd>
    </div>
  );
}
