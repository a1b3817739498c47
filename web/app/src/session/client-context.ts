import type { EvenkeelClient } from "@evenkeel/sdk";
import { createContext, useContext } from "react";

export const ClientContext = createContext<EvenkeelClient | undefined>(undefined);

/** The one client of the page. */
export function useClient(): EvenkeelClient {
  const client = useContext(ClientContext);
  if (client === undefined)
    throw new Error("A component that talks to the server stands outside the client's provider.");
  return client;
}
