import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router/dom";
import { UploadsContext } from "../features/knowledge/uploads-context.ts";
import { ClientContext } from "../session/client-context.ts";
import { SessionContext } from "../session/session-context.ts";
import { BrokenPage } from "./broken-page.tsx";
import type { Services } from "./services.ts";
import { theme } from "./theme.ts";

/** The application with everything it stands on. */
export function App({ services }: { services: Services }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <BrokenPage>
        <QueryClientProvider client={services.queries}>
          <ClientContext value={services.client}>
            <SessionContext value={services.session}>
              <UploadsContext value={services.uploads}>
                <RouterProvider router={services.router} />
              </UploadsContext>
            </SessionContext>
          </ClientContext>
        </QueryClientProvider>
      </BrokenPage>
    </MantineProvider>
  );
}
