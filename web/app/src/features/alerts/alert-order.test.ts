import type { AlertRule, AlertState, AlertStatus } from "@evenkeel/sdk";
import { describe, expect, it } from "vitest";
import { inOrder, isFiring } from "./alert-order.ts";

function rule(name: string, state: AlertState, group: Partial<AlertStatus> = {}, isEnabled = true): AlertRule {
  return {
    id: name,
    definition: { name, is_enabled: isEnabled } as AlertRule["definition"],
    origin: "own",
    is_overridden: false,
    state,
    groups: [{ group: "", state, since: "2026-01-01T00:00:00Z", ...group }],
    updated_at: "2026-01-01T00:00:00Z",
  };
}

describe("alerts", () => {
  it("stand in the order somebody has to look at them", () => {
    const rules = [
      rule("quiet", "normal"),
      rule("off", "firing", { severity: "critical" }, false),
      rule("warns", "firing", { severity: "warning" }),
      rule("soon", "pending", { severity: "critical" }),
      rule("burns", "firing", { severity: "critical" }),
      rule("blind", "no_data"),
      rule("over", "recovering", { severity: "warning" }),
    ];
    expect(inOrder(rules).map(({ id }) => id)).toEqual(["burns", "warns", "over", "soon", "blind", "quiet", "off"]);
  });

  it("count as firing until all of them are silenced or over", () => {
    expect(isFiring(rule("a", "firing"))).toBe(true);
    expect(isFiring(rule("a", "recovering"))).toBe(true);
    expect(isFiring(rule("a", "firing", { silenced_until: "2026-01-02T00:00:00Z" }))).toBe(false);
    expect(isFiring(rule("a", "pending"))).toBe(false);
    expect(isFiring(rule("a", "firing", {}, false))).toBe(false);
  });
});
