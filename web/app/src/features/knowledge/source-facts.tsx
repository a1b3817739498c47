import type { KnowledgeSource, WebSource } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import styles from "./page.module.css";
import sourceStyles from "./source.module.css";

/** How many documents are in which state, passages, and of a web source when it was and will be fetched. */
export function SourceFacts({ source }: { source: KnowledgeSource }) {
  const { t } = useTranslation();
  const { ready, waiting, failed, cancelled } = source.documents;
  return (
    <>
      <ul className={sourceStyles.facts}>
        <li>{t("knowledge.ready_count", { count: ready })}</li>
        {waiting === 0 ? null : <li data-tone="accent">{t("knowledge.waiting_count", { count: waiting })}</li>}
        {failed === 0 ? null : <li data-tone="danger">{t("knowledge.failed_count", { count: failed })}</li>}
        {cancelled === 0 ? null : <li>{t("knowledge.cancelled_count", { count: cancelled })}</li>}
        <li>{t("knowledge.passage_count", { count: source.passage_count })}</li>
        {source.web === undefined ? null : <Fetches web={source.web} />}
      </ul>
      {source.web?.reason === undefined ? null : (
        <p className={styles.reason}>
          <Icon name="warning" size={16} />
          <span>{t("knowledge.fetch_failed", { reason: source.web.reason.message })}</span>
        </p>
      )}
    </>
  );
}

function Fetches({ web }: { web: WebSource }) {
  const { t } = useTranslation();
  return (
    <>
      {web.status === "waiting" || web.status === "fetching" ? (
        <li data-tone="accent">{t(`knowledge.fetch_${web.status}`)}</li>
      ) : null}
      {web.fetched_at === undefined ? null : (
        <li>
          {t("knowledge.fetched")} <RelativeTime at={web.fetched_at} />
        </li>
      )}
      {web.next_fetch_at === undefined ? null : (
        <li>
          {t("knowledge.next_fetch")} <RelativeTime at={web.next_fetch_at} />
        </li>
      )}
    </>
  );
}
