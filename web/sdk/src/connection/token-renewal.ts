import type { Session } from "../auth/session.ts";
import { refreshDelay } from "../auth/token-store.ts";
import type { CancelSchedule, Environment } from "../environment.ts";
import { EvenkeelError } from "../errors/evenkeel-error.ts";

/** Renews the token of an open socket 60 s before it expires. */
export interface TokenRenewal {
  /** The connection's token is good for so long. */
  expectExpiry(expiresInSeconds: number): void;
  stop(): void;
}

/** Makes the renewal of one connection. `onRefused` = the person has to sign in again. */
export function createTokenRenewal(
  { session, environment }: { readonly session: Session; readonly environment: Environment },
  usedToken: string,
  sendToken: (token: string) => void,
  onRefused: () => void,
): TokenRenewal {
  let cancel: CancelSchedule = () => undefined;
  let isStopped = false;
  let token = usedToken;

  async function renew(): Promise<void> {
    try {
      const current = await session.accessToken();
      token = current === token ? await session.replaceToken(current) : current;
      if (!isStopped) sendToken(token);
    } catch (error) {
      // Without a network there is nothing to do now: the server closes with 4401 when the old token expires.
      if (!isStopped && error instanceof EvenkeelError && error.status === 401) onRefused();
    }
  }

  return {
    expectExpiry: (expiresInSeconds) => {
      cancel();
      if (!isStopped) cancel = environment.schedule(() => void renew(), refreshDelay(expiresInSeconds));
    },
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}
