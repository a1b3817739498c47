import { errorDefinition, type TurnSummary } from "@evenkeel/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CopiedId } from "../../ui/copied-id.tsx";
import { formatDuration } from "../../ui/format-duration.ts";
import { turnsAddress } from "../../ui/operations-addresses.ts";
import styles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { TurnStatusBadge } from "./turn-status.tsx";
import { turnTimes } from "./turn-times.ts";

/** What is known of a turn: facts, never words. */
export function TurnFacts({ turn, chatbot }: { turn: TurnSummary; chatbot: string | undefined }) {
  const { t, i18n } = useTranslation();
  const { waited, worked } = turnTimes(turn);
  const copy = t("list.copy_id");
  return (
    <dl className={`${styles.panel} ${styles.list}`}>
      <Fact name={t("turns.status")}>
        <TurnStatusBadge status={turn.status} />
      </Fact>
      {turn.error_code === undefined ? null : <ErrorFact code={turn.error_code} />}
      <Fact name={t("turns.queued_at")}>
        <RelativeTime at={turn.queued_at} />
      </Fact>
      {waited === undefined ? null : <Fact name={t("turns.waited")}>{formatDuration(waited, i18n.language)}</Fact>}
      {worked === undefined ? null : <Fact name={t("turns.worked")}>{formatDuration(worked, i18n.language)}</Fact>}
      <Fact name={t("turns.attempt")}>{turn.attempt}</Fact>
      {chatbot === undefined ? null : (
        <Fact name={t("turns.chatbot")}>
          <Link to={turnsAddress({ chatbot_id: turn.chatbot_id })}>{chatbot}</Link>
        </Fact>
      )}
      {turn.model === undefined ? null : (
        <Fact name={t("turns.model")}>
          <Link to={turnsAddress({ model: turn.model })}>{turn.model}</Link>
        </Fact>
      )}
      {turn.is_pinned ? <Fact name={t("turns.kept")}>{t("turns.pinned")}</Fact> : null}
      <Fact name={t("turns.id")}>
        <CopiedId id={turn.id} label={copy} />
      </Fact>
      <Fact name={t("turns.correlation_id")}>
        <CopiedId id={turn.correlation_id} label={copy} />
      </Fact>
      <Fact name={t("turns.thread_id")}>
        <CopiedId id={turn.thread_id} label={copy} />
      </Fact>
      {turn.worker_id === undefined ? null : (
        <Fact name={t("turns.worker_id")}>
          <CopiedId id={turn.worker_id} label={copy} />
        </Fact>
      )}
    </dl>
  );
}

function ErrorFact({ code }: { code: string }) {
  const { t, i18n } = useTranslation();
  const text = errorDefinition(code)?.text[i18n.language.startsWith("zh") ? "zh" : "en"];
  return (
    <Fact name={t("turns.error_code")}>
      <Link to={turnsAddress({ error_code: code })} title={text}>
        <code>{code}</code>
      </Link>
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
