import { createEnvironment, type Environment, wait } from "../environment.ts";
import { createLocalLock, type Lock } from "./lock.ts";

/** The part of a browser's `localStorage` that is used. */
export interface LockStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A holder that vanished (its tab was closed) keeps the others waiting no longer than this. */
const leaseMilliseconds = 10_000;
const renewMilliseconds = 3000;
/** Between claiming and believing it, so that of two who claim at the same time the later one wins and both see it. */
const settleMilliseconds = 50;
const retryMilliseconds = 100;

/**
 * A lock for all tabs that share a storage, for pages without Web Locks: browsers offer those only over HTTPS and on
 * the same machine. Storage has no compare-and-set, so this claims, waits and looks again; good for work that is rare
 * and short, such as refreshing a token.
 */
export function createStorageLock(storage: LockStorage, replaced: Partial<Environment> = {}): Lock {
  const environment = createEnvironment(replaced);
  const withinPage = createLocalLock();
  return (name, work) => withinPage(name, () => runClaimed(new Claim(`lock.${name}`, storage, environment), work));
}

async function runClaimed<T>(claim: Claim, work: () => Promise<T>): Promise<T> {
  await claim.acquire();
  try {
    return await work();
  } finally {
    claim.release();
  }
}

class Claim {
  readonly #key: string;
  readonly #storage: LockStorage;
  readonly #environment: Environment;
  readonly #owner: string;
  #cancelRenewal = () => {};

  constructor(key: string, storage: LockStorage, environment: Environment) {
    this.#key = key;
    this.#storage = storage;
    this.#environment = environment;
    this.#owner = environment.newId();
  }

  async acquire(): Promise<void> {
    for (;;) {
      if (this.#isFree()) {
        this.#write();
        await wait(this.#environment, settleMilliseconds * (1 + this.#environment.random()));
        if (this.#isMine()) return this.#keepRenewing();
      }
      await wait(this.#environment, retryMilliseconds * (1 + this.#environment.random()));
    }
  }

  release(): void {
    this.#cancelRenewal();
    if (this.#isMine()) this.#storage.removeItem(this.#key);
  }

  #keepRenewing(): void {
    this.#cancelRenewal = this.#environment.schedule(() => {
      if (!this.#isMine()) return;
      this.#write();
      this.#keepRenewing();
    }, renewMilliseconds);
  }

  #isMine(): boolean {
    return this.#read()[0] === this.#owner;
  }

  #isFree(): boolean {
    const until = Number(this.#read()[1] ?? 0);
    const now = this.#environment.now();
    // A lease that ends too far ahead was written before the clock was set back.
    return !(until > now && until <= now + leaseMilliseconds);
  }

  #read(): readonly string[] {
    return (this.#storage.getItem(this.#key) ?? "").split(" ");
  }

  #write(): void {
    this.#storage.setItem(this.#key, `${this.#owner} ${this.#environment.now() + leaseMilliseconds}`);
  }
}
