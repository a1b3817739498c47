import type { KnowledgeSource } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Icon } from "../../ui/icons.tsx";
import { knowledgeAddress } from "./addresses.ts";
import styles from "./source.module.css";
import { SourceActions } from "./source-actions.tsx";
import { SourceFacts } from "./source-facts.tsx";
import { sourceIcon } from "./source-kind.ts";
import { VisibilityBadge } from "./visibility-badge.tsx";

/** A source in the list: what it is, how its documents are, and what can be done with it. */
export function SourceCard({ source }: { source: KnowledgeSource }) {
  const { t } = useTranslation();
  return (
    <li className={styles.card}>
      <span className={styles.cardIcon}>
        <Icon name={sourceIcon(source)} size={20} />
      </span>
      <div className={styles.cardBody}>
        <div className={styles.cardHead}>
          <h2>
            <Link to={knowledgeAddress(source.chatbot_id, source.id)}>{source.name}</Link>
          </h2>
          <VisibilityBadge visibility={source.visibility} />
        </div>
        <p className={styles.kind}>{source.web?.url ?? t(`knowledge.kind_${source.kind}`)}</p>
        <SourceFacts source={source} />
      </div>
      <SourceActions source={source} />
    </li>
  );
}
