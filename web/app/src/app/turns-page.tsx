import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { TurnList } from "../features/turns/turn-list.tsx";
import { TurnView } from "../features/turns/turn-view.tsx";
import { useClient } from "../session/client-context.ts";
import { AdminPage } from "./admin-page.tsx";
import { allChatbotsQuery } from "./chatbots-query.ts";

/** The turns of the organization, or one of them. */
export function TurnsPage() {
  const { t } = useTranslation();
  const { turn } = useParams();
  const chatbots = useQuery(allChatbotsQuery(useClient())).data ?? [];
  return (
    <AdminPage title={t("turns.title")}>
      {turn === undefined ? (
        <TurnList chatbots={chatbots} />
      ) : (
        <TurnView key={turn} turnId={turn} chatbots={chatbots} />
      )}
    </AdminPage>
  );
}
