import type { HealthCheck } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { useSecondsUntil } from "../../ui/use-seconds-until.ts";
import { useWaitText } from "../../ui/use-wait-text.ts";
import { type EndpointFacts, endpointFacts } from "./endpoint-facts.ts";
import { BreakerBadge, StatusBadge } from "./status-badge.tsx";
import styles from "./system.module.css";

/** One part of the server, as it was found. */
export function CheckCard({ check }: { check: HealthCheck }) {
  const { t } = useTranslation();
  const facts = endpointFacts(check);
  return (
    <article className={styles.check} data-status={check.status}>
      <header className={styles.checkHead}>
        <h3>
          <code>{check.name}</code>
        </h3>
        <StatusBadge status={check.status} />
      </header>
      {/* What operators read comes from the server as the log has it, so that it can be searched for. */}
      <p lang="en">{check.found}</p>
      {check.hint === undefined || check.hint === "" ? null : (
        <p className={styles.hint}>
          <span>{check.status === "ok" ? t("system.hint_ok") : t("system.hint")}</span>{" "}
          <span lang="en">{check.hint}</span>
        </p>
      )}
      {facts === null ? <Details details={check.details ?? {}} /> : <Endpoint facts={facts} />}
    </article>
  );
}

function Endpoint({ facts }: { facts: EndpointFacts }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.details}>
      {facts.model === null ? null : <Detail name={t("system.model")}>{facts.model}</Detail>}
      <Detail name={t("system.breaker")}>
        <BreakerBadge state={facts.breaker} />
      </Detail>
      {facts.retryAt === null ? null : (
        <Detail name={t("system.next_try")}>
          <NextTry at={facts.retryAt} />
        </Detail>
      )}
      {facts.recentFailures === null ? null : (
        <Detail name={t("system.recent_failures")}>{String(facts.recentFailures)}</Detail>
      )}
      {facts.lastErrorCode === null ? null : (
        <Detail name={t("system.last_error")}>
          <code>{facts.lastErrorCode}</code>
        </Detail>
      )}
    </dl>
  );
}

function NextTry({ at }: { at: number }) {
  const { t, i18n } = useTranslation();
  const waitText = useWaitText();
  const seconds = useSecondsUntil(at);
  const exact = new Intl.DateTimeFormat(i18n.language, { timeStyle: "medium" }).format(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact}>
      {seconds > 0 ? t("system.next_try_in", { wait: waitText(seconds) }) : t("system.next_try_now")}
    </time>
  );
}

function Details({ details }: { details: Readonly<Record<string, unknown>> }) {
  const entries = Object.entries(details).filter(([, value]) => value !== null && value !== undefined);
  if (entries.length === 0) return null;
  return (
    <dl className={styles.details}>
      {entries.map(([name, value]) => (
        <Detail key={name} name={name.replaceAll("_", " ")}>
          {typeof value === "object" ? JSON.stringify(value) : String(value)}
        </Detail>
      ))}
    </dl>
  );
}

function Detail({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
