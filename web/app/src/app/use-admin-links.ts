import type { Identity } from "@evenkeel/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMatch } from "react-router";
import { isFiring } from "../features/alerts/alert-order.ts";
import { rulesQuery } from "../features/alerts/alert-queries.ts";
import { knowledgeAddress } from "../features/knowledge/addresses.ts";
import type { NavigationLink } from "../features/shell/navigation.tsx";
import { useClient } from "../session/client-context.ts";

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

/** The pages about what the server does and did. */
export function useOperationsLinks(identity: Identity): readonly NavigationLink[] {
  const { t } = useTranslation();
  const badge = useFiringBadge(identity);
  return [
    { to: "/admin/analytics", label: t("analytics.title"), icon: "chart" },
    { to: "/admin/alerts", label: t("alerts.title"), icon: "bell", badge },
    { to: "/admin/turns", label: t("turns.title"), icon: "turns" },
    { to: "/admin/timeline", label: t("timeline.title"), icon: "timeline" },
    { to: "/admin/queue", label: t("queue.title"), icon: "queue" },
    { to: "/admin/keys", label: t("keys.title"), icon: "key" },
    { to: "/admin/webhooks", label: t("webhooks.title"), icon: "webhook" },
    { to: "/admin/event-types", label: t("event_types.title"), icon: "tag" },
    { to: "/admin/audit", label: t("audit.title"), icon: "shield" },
  ];
}

/** The one link to them that stands beside the conversations; with alerts it leads to those. */
export function useOperationsEntry(identity: Identity): NavigationLink {
  const { t } = useTranslation();
  const badge = useFiringBadge(identity);
  const to = badge === undefined ? "/admin/analytics" : "/admin/alerts";
  return { to, label: t("admin.operations"), icon: badge === undefined ? "chart" : "bell", badge };
}

/** How many alerts fire, for who may know. */
function useFiringBadge(identity: Identity): NavigationLink["badge"] {
  const { t } = useTranslation();
  const client = useClient();
  const rules = useQuery({ ...rulesQuery(client), enabled: isAdministrator(identity) }).data?.items ?? [];
  const count = rules.filter(isFiring).length;
  return count === 0 ? undefined : { count, label: t("admin.alerts_firing", { count }) };
}
