/**
 * Runs `work` while nobody else holds the lock of that name. In browsers give
 * `(name, work) => navigator.locks.request(name, work)`, which covers all tabs.
 */
export type Lock = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** A lock within this page only; enough where there is a single page, or none. */
export function createLocalLock(): Lock {
  const tails = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const previous = tails.get(name) ?? Promise.resolve();
    const result = previous.then(work);
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    tails.set(name, tail);
    return result;
  };
}
