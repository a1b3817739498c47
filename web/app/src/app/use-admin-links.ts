import type { Identity } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { useMatch } from "react-router";
import { knowledgeAddress } from "../features/knowledge/addresses.ts";
import type { NavigationLink } from "../features/shell/navigation.tsx";

/** Whether somebody runs the organization. */
export function isAdministrator(identity: Identity): boolean {
  return identity.role === "owner" || identity.role === "admin";
}

/** Whether somebody runs the server itself. */
export function isOperator(identity: Identity): boolean {
  return identity.is_operator;
}

/** The pages of the catalogue that everybody may see. */
export function useCatalogueLinks(): readonly NavigationLink[] {
  const { t } = useTranslation();
  return [{ to: "/search", label: t("search.title"), icon: "search" }];
}

/** The pages of administrators that somebody may see, in the order of the navigation. */
export function useAdminLinks(identity: Identity): readonly NavigationLink[] {
  const { t } = useTranslation();
  const open = useMatch("/admin/chatbots/:chatbot/knowledge/*")?.params.chatbot;
  const knowledge: NavigationLink = {
    // On its pages the link leads to the chatbot that is looked at, and so is marked as open.
    to: open === undefined ? "/admin/knowledge" : knowledgeAddress(open),
    label: t("knowledge.title"),
    icon: "book",
  };
  const catalogue: readonly NavigationLink[] = [
    { to: "/admin/catalogue/events", label: t("catalogue.events"), icon: "calendar" },
    { to: "/admin/catalogue/locations", label: t("catalogue.locations"), icon: "pin" },
  ];
  const credits: NavigationLink = { to: "/admin/credits", label: t("credits.title"), icon: "coins" };
  const system: NavigationLink = { to: "/admin/system", label: t("system.title"), icon: "pulse" };
  return isOperator(identity) ? [knowledge, ...catalogue, credits, system] : [knowledge, ...catalogue, credits];
}
