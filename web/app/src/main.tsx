import "@mantine/core/styles.css";
import "./app/global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { createServices } from "./app/services.ts";
import { initialLanguage, startTranslation } from "./i18n/i18n.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root element.");

await startTranslation(initialLanguage());
createRoot(root).render(
  <StrictMode>
    <App services={createServices()} />
  </StrictMode>,
);
