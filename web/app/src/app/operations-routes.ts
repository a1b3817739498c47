import type { RouteObject } from "react-router";

/** Addresses of the pages about what the server does and did. */
export const operationsRoutes: readonly RouteObject[] = [
  {
    path: "admin/analytics",
    lazy: async () => ({ Component: (await import("./analytics-page.tsx")).AnalyticsPage }),
  },
  { path: "admin/turns/:turn?", lazy: async () => ({ Component: (await import("./turns-page.tsx")).TurnsPage }) },
  {
    path: "admin/timeline/:session?",
    lazy: async () => ({ Component: (await import("./timeline-page.tsx")).TimelinePage }),
  },
  { path: "admin/queue", lazy: async () => ({ Component: (await import("./queue-page.tsx")).QueuePage }) },
  { path: "admin/alerts", lazy: async () => ({ Component: (await import("./alerts-page.tsx")).AlertsPage }) },
  {
    path: "admin/alerts/:rule",
    lazy: async () => ({ Component: (await import("./alert-rule-page.tsx")).AlertRulePage }),
  },
  { path: "admin/keys", lazy: async () => ({ Component: (await import("./keys-page.tsx")).KeysPage }) },
  {
    path: "admin/webhooks/:webhook?",
    lazy: async () => ({ Component: (await import("./webhooks-page.tsx")).WebhooksPage }),
  },
  {
    path: "admin/event-types",
    lazy: async () => ({ Component: (await import("./event-types-page.tsx")).EventTypesPage }),
  },
  { path: "admin/audit", lazy: async () => ({ Component: (await import("./audit-page.tsx")).AuditPage }) },
];
