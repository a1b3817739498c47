import { createContext, useContext, useSyncExternalStore } from "react";
import type { SessionState, SessionWatch } from "./session-state.ts";

export const SessionContext = createContext<SessionWatch | undefined>(undefined);

/** The watch over the session of this page. */
export function useSessionWatch(): SessionWatch {
  const watch = useContext(SessionContext);
  if (watch === undefined) throw new Error("A component that needs the session stands outside its provider.");
  return watch;
}

/** Whether somebody is signed in. */
export function useSessionState(): SessionState {
  const watch = useSessionWatch();
  return useSyncExternalStore(watch.subscribe, watch.current);
}
