import type { Citation, Passage } from "@evenkeel/sdk";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { documentAddress } from "../features/knowledge/addresses.ts";
import { SourcePanel } from "../features/sources/source-panel.tsx";

const parameter = "passage";

/**
 * The passage being looked at. It stands in the address, so that it can be shared and reloaded. Who runs the organization is led on to
 * the passage in its document; for others `chatbotId` is undefined.
 */
export function useSourcePanel(chatbotId: string | undefined) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const location = useLocation() as { pathname: string; search: string; state: { citation?: Citation } | null };
  const { search } = location;
  const passageId = new URLSearchParams(search).get(parameter);

  const open = useCallback(
    (citation: Citation) => {
      if (citation.passage_id === undefined) return;
      // The new state must not carry the first message of the thread along: its address would never lose it again.
      navigate(
        { search: withPassage(search, citation.passage_id) },
        { state: { citation }, replace: passageId !== null },
      );
    },
    [navigate, passageId, search],
  );
  const close = useCallback(
    () => navigate({ search: withPassage(search, null) }, { replace: true }),
    [navigate, search],
  );

  if (passageId === null) return { panel: undefined, open };
  const kept = location.state?.citation;
  const citation = kept?.passage_id === passageId ? kept : undefined;
  const addressOf =
    chatbotId === undefined
      ? undefined
      : (passage: Passage) =>
          documentAddress(chatbotId, {
            documentId: passage.document_id,
            sourceId: passage.source_id,
            passageId: passage.id,
          });
  const content = <SourcePanel passageId={passageId} citation={citation} addressOf={addressOf} onClose={close} />;
  return { panel: { label: t("sources.label"), content, onClose: close }, open };
}

/** The part of an address behind its path with another passage; what else stands there stays. */
function withPassage(search: string, passageId: string | null): string {
  const next = new URLSearchParams(search);
  if (passageId === null) next.delete(parameter);
  else next.set(parameter, passageId);
  return next.size === 0 ? "" : `?${next}`;
}
