import type { Identity } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import type { NavigationLink } from "../features/shell/navigation.tsx";

/** Whether somebody runs the organization. */
export function isAdministrator(identity: Identity): boolean {
  return identity.role === "owner" || identity.role === "admin";
}

/** The pages of administrators, in the order of the navigation. */
export function useAdminLinks(): readonly NavigationLink[] {
  const { t } = useTranslation();
  return [
    { to: "/admin/credits", label: t("credits.title"), icon: "coins" },
    { to: "/admin/system", label: t("system.title"), icon: "pulse" },
  ];
}
