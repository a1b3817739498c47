import { createBrowserRouter, Navigate, Outlet } from "react-router";
import { prepareMarkdown } from "../ui/markdown/markdown-text.tsx";
import { ErrorPage } from "./error-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { operationsRoutes } from "./operations-routes.ts";
import { PageLoading } from "./page-loading.tsx";
import { RequireSession } from "./require-session.tsx";

async function loadChatPage() {
  prepareMarkdown();
  return { Component: (await import("./chat-page.tsx")).ChatPage };
}

async function loadDocumentPage() {
  prepareMarkdown();
  return { Component: (await import("./document-page.tsx")).DocumentPage };
}

/** All addresses. Each page's code is loaded when it is first opened. */
export function createRoutes() {
  return createBrowserRouter([
    {
      element: <Outlet />,
      errorElement: <ErrorPage />,
      hydrateFallbackElement: <PageLoading />,
      children: [
        { index: true, element: <Navigate to="/chat" replace /> },
        { path: "login", lazy: async () => ({ Component: (await import("./login-page.tsx")).LoginPage }) },
        { path: "register", lazy: async () => ({ Component: (await import("./register-page.tsx")).RegisterPage }) },
        {
          element: <RequireSession />,
          children: [
            { path: "chat/:thread?", lazy: loadChatPage },
            { path: "search", lazy: async () => ({ Component: (await import("./search-page.tsx")).SearchPage }) },
            { path: "admin", element: <Navigate to="/admin/system" replace /> },
            {
              path: "admin/knowledge",
              lazy: async () => ({ Component: (await import("./first-knowledge-page.tsx")).FirstKnowledgePage }),
            },
            {
              path: "admin/chatbots/:chatbot/knowledge",
              lazy: async () => ({ Component: (await import("./knowledge-page.tsx")).KnowledgePage }),
            },
            { path: "admin/chatbots/:chatbot/knowledge/:document", lazy: loadDocumentPage },
            {
              path: "admin/catalogue",
              element: <Navigate to="/admin/catalogue/events" replace />,
            },
            {
              path: "admin/catalogue/events/:event?",
              lazy: async () => ({ Component: (await import("./events-page.tsx")).EventsPage }),
            },
            {
              path: "admin/catalogue/locations/:location?",
              lazy: async () => ({ Component: (await import("./locations-page.tsx")).LocationsPage }),
            },
            {
              path: "admin/catalogue/import",
              lazy: async () => ({ Component: (await import("./import-page.tsx")).ImportPage }),
            },
            {
              path: "admin/catalogue/index",
              lazy: async () => ({ Component: (await import("./index-page.tsx")).IndexPage }),
            },
            {
              path: "admin/credits",
              lazy: async () => ({ Component: (await import("./credits-page.tsx")).CreditsPage }),
            },
            ...operationsRoutes,
            { path: "admin/system", lazy: async () => ({ Component: (await import("./system-page.tsx")).SystemPage }) },
          ],
        },
        { path: "*", element: <NotFoundPage /> },
      ],
    },
  ]);
}
