import { describe, expect, it } from "vitest";
import { createStorageLock, type LockStorage } from "../src/auth/storage-lock.ts";
import { createManualClock, type ManualClock } from "./support/manual-clock.ts";
import { createSeededRandom } from "./support/seeded-random.ts";

describe("A lock over storage", () => {
  it.each([1, 2, 3, 4, 5])("lets one of many tabs in at a time, and in the end all (seed %i)", async (seed) => {
    const storage = createStorage();
    const clock = createManualClock();
    const random = createSeededRandom(seed);
    let inside = 0;
    let most = 0;
    const tabs = Array.from({ length: 5 }, () => createStorageLock(storage, { ...clock, random: random.next }));
    const work = async () => {
      inside++;
      most = Math.max(most, inside);
      await new Promise<void>((resolve) => clock.schedule(resolve, 4000));
      inside--;
    };
    await passTime(clock, Promise.all(tabs.map((lock) => lock("refresh", work))));
    expect(most).toBe(1);
    expect(storage.getItem("lock.refresh")).toBeNull();
  });

  it("passes to another tab when its holder has vanished", async () => {
    const storage = createStorage();
    const clock = createManualClock();
    const start = clock.now();
    storage.setItem("lock.refresh", `vanished ${start + 10_000}`);
    await passTime(
      clock,
      createStorageLock(storage, { ...clock, random: () => 0.5 })("refresh", async () => undefined),
    );
    expect(clock.now() - start).toBeGreaterThanOrEqual(10_000);
    expect(clock.now() - start).toBeLessThan(11_000);
  });

  it("is given back when the work fails", async () => {
    const storage = createStorage();
    const clock = createManualClock();
    const lock = createStorageLock(storage, { ...clock, random: () => 0.5 });
    const failing = lock("refresh", () => Promise.reject(new Error("no")));
    await expect(passTime(clock, failing)).rejects.toThrow("no");
    expect(storage.getItem("lock.refresh")).toBeNull();
  });
});

/** Lets timers fall due, one after the other, until the work is done. */
async function passTime<T>(clock: ManualClock, work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  while (!isDone) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(clock.untilNext() ?? 0);
  }
  return work;
}

function createStorage(): LockStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}
