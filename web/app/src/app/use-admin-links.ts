import type { Identity } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import type { NavigationLink } from "../features/shell/navigation.tsx";

/** Whether somebody runs the organization. */
export function isAdministrator(identity: Identity): boolean {
  return identity.role === "owner" || identity.role === "admin";
}

/** Whether somebody runs the server itself. */
export function isOperator(identity: Identity): boolean {
  return identity.is_operator;
}

/** The pages of administrators that somebody may see, in the order of the navigation. */
export function useAdminLinks(identity: Identity): readonly NavigationLink[] {
  const { t } = useTranslation();
  const credits: NavigationLink = { to: "/admin/credits", label: t("credits.title"), icon: "coins" };
  const system: NavigationLink = { to: "/admin/system", label: t("system.title"), icon: "pulse" };
  return isOperator(identity) ? [credits, system] : [credits];
}
