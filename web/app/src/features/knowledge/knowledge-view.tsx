import { useSearchParams } from "react-router";
import styles from "./page.module.css";
import { SourceList } from "./source-list.tsx";
import { SourceView } from "./source-view.tsx";

/** The sources of a chatbot, or the one that the address names with its documents. */
export function KnowledgeView({ chatbotId }: { chatbotId: string }) {
  const [search] = useSearchParams();
  const sourceId = search.get("source");
  return (
    <div className={styles.column}>
      {sourceId === null ? (
        <SourceList chatbotId={chatbotId} />
      ) : (
        <SourceView key={sourceId} address={{ chatbotId, sourceId }} />
      )}
    </div>
  );
}
