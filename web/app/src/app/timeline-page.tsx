import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { SessionView } from "../features/timeline/session-view.tsx";
import { TimelineView } from "../features/timeline/timeline-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** The events of all sessions, or of one of them. */
export function TimelinePage() {
  const { t } = useTranslation();
  const { session } = useParams();
  return (
    <AdminPage title={t("timeline.title")}>
      {session === undefined ? <TimelineView /> : <SessionView key={session} sessionId={session} />}
    </AdminPage>
  );
}
