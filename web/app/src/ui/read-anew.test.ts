import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { describe, expect, it, vi } from "vitest";
import { readAnew } from "./read-anew.ts";

describe("reading anew", () => {
  it("lets no first read stand that began before the change", async () => {
    const queries = new QueryClient();
    const reads: ((value: string) => void)[] = [];
    const observer = new QueryObserver(queries, {
      queryKey: ["documents", "all"],
      queryFn: () => new Promise<string>((resolve) => reads.push(resolve)),
    });
    const stop = observer.subscribe(() => {});
    expect(reads).toHaveLength(1);

    const done = readAnew(queries, ["documents"]);
    reads[0]?.("before");
    await vi.waitFor(() => expect(reads).toHaveLength(2));
    reads[1]?.("after");
    await done;

    expect(observer.getCurrentResult().data).toBe("after");
    stop();
  });
});
