import { useTranslation } from "react-i18next";
import { Navigate, useLocation } from "react-router";
import { LoginForm } from "../features/auth/login-form.tsx";
import { useSessionState } from "../session/session-context.ts";
import { useDocumentTitle } from "../ui/use-document-title.ts";
import { EntryLayout } from "./entry-layout.tsx";
import { returnAddress } from "./return-address.ts";

export function LoginPage() {
  const { t } = useTranslation();
  const { search } = useLocation();
  useDocumentTitle(t("title.login"));
  // Also what leads on after the form has signed somebody in, here or in another tab.
  if (useSessionState() === "signed_in") return <Navigate to={returnAddress(search, window.location.origin)} replace />;
  return (
    <EntryLayout>
      <LoginForm search={search} isExpired={new URLSearchParams(search).has("expired")} />
    </EntryLayout>
  );
}
