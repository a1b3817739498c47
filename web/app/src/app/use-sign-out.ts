import { useCallback } from "react";
import { useClient } from "../session/client-context.ts";
import { useSessionWatch } from "../session/session-context.ts";

/** Signs out here at once. That the server may not hear of it now is no reason to stay: its tokens end by themselves. */
export function useSignOut(): () => void {
  const client = useClient();
  const watch = useSessionWatch();
  return useCallback(() => {
    watch.expectLeaving();
    client.accounts.logout().catch(() => undefined);
  }, [client, watch]);
}
