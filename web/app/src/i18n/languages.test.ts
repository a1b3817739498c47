import { describe, expect, it } from "vitest";
import { panelIds, panels, sectionNames } from "../features/analytics/panels.ts";
import { columnFields } from "../features/catalogue/import-file.ts";
import { bulkActions } from "../features/turns/bulk-actions.ts";
import { turnStatuses } from "../features/turns/turn-filter.ts";
import { units } from "../ui/charts/format-value.ts";
import en from "./en.json";
import zh from "./zh.json";

type Texts = { readonly [key: string]: string | Texts };

function flatten(texts: Texts, path = ""): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as [string, string]] : flatten(value, `${path}${key}.`),
  );
}

const english = flatten(en);
const chinese = new Map(flatten(zh));
const variables = (text: string) => [...text.matchAll(/\{\{(\w+)(?:, \w+)?\}\}/g)].map((match) => match[1]).sort();

describe("the two languages", () => {
  it("have the same texts", () => {
    expect([...chinese.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  });

  it("name the same variables", () => {
    for (const [key, text] of english) expect(variables(chinese.get(key) ?? ""), key).toEqual(variables(text));
  });

  it("leave no text empty", () => {
    for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe("");
  });
});

const panelSources = Object.values(panels).flatMap((all) => all.flatMap(({ sources }) => sources));
const lineNames = [
  ...["p50", "p95", "p99"],
  ...panelSources.flatMap(({ line, groupBy, values, metric }) =>
    groupBy === undefined && (line !== undefined || values.length === 1) ? [line ?? metric] : [],
  ),
];

// Keys that the code puts together, such as `connection.${trouble}`.
const composed = new Set(
  [
    ["connection", "reconnecting", "offline", "signed_out"],
    ["copy", "copied", "failed"],
    ["credits", "kind_hold", "kind_settle", "kind_release", "kind_grant", "kind_take", "kind_refill", "kind_plan"],
    ["system", "summary_ok", "summary_degraded", "summary_unavailable"],
    ["system", "status_ok", "status_degraded", "status_unavailable"],
    ["system", "breaker_closed", "breaker_open", "breaker_half_open"],
    ["knowledge", "kind_text", "kind_guide", "url_wrong", "max_pages_wrong", "fetch_waiting", "fetch_fetching"],
    ["knowledge", "mode_page", "mode_page_text", "mode_sitemap", "mode_sitemap_text", "mode_crawl", "mode_crawl_text"],
    ["knowledge", "upload_created", "upload_replaced", "upload_unchanged"],
    ["knowledge", "refused_folder", "refused_too_large", "refused_other_type"],
    ["knowledge", "status_queued", "status_processing", "status_ready", "status_failed"],
    ["knowledge", "stage_waiting", "stage_fetching", "stage_reading", "stage_splitting", "stage_storing"],
    ["knowledge", "stage_embedding"],
    ["retrieval", "column_lexical", "column_vector", "column_fused", "column_rerank"],
    ["catalogue", "title_missing", "starts_missing", "ends_before", "url_wrong", "name_missing", "country_wrong"],
    ["catalogue", "coordinate_wrong", "coordinate_missing", "kind_country", "kind_region", "kind_city", "kind_venue"],
    ["catalogue", "format_json", "format_conferences", "format_csv", "format_icalendar"],
    ["catalogue", "action_create", "action_update", "action_remove"],
    ["catalogue", ...columnFields.map((field) => `field_${field}`)],
    ["analytics", ...panelIds.flatMap((id) => [`panel_${id}`, `hint_${id}`])],
    ["analytics", ...sectionNames.map((name) => `section_${name}`), "value_up", "value_down"],
    ["analytics", "range_1h", "range_24h", "range_7d", "range_30d", "range_own"],
    ["analytics", ...lineNames.map((name) => `line_${name}`)],
    ["charts", ...units.map((unit) => `unit_${unit}`)],
    ["timeline", "severity_info", "severity_warning", "severity_error", "severity_critical"],
    ["timeline", "status_started", "status_progress", "status_completed", "status_failed"],
    ["timeline", "live_connecting", "live_open", "live_reconnecting", "live_closed"],
    ["turns", ...turnStatuses.map((status) => `status_${status}`)],
    ["turns", ...bulkActions.flatMap((action) => [`action_${action}`, `means_${action}`])],
    ["turns", "job_preview", "job_queued", "job_running", "job_done", "job_failed", "job_cancelled"],
    ["alerts", "state_normal", "state_pending", "state_firing", "state_recovering", "state_no_data"],
    ["alerts", "tab_rules", "tab_silences", "tab_history", "tab_receivers"],
    ["alerts", "origin_shipped", "origin_file", "origin_own", "direction_above", "direction_below"],
    ["alerts", "wrong_missing", "wrong_span", "wrong_number", "wrong_threshold"],
    ["alerts", "value_last", "value_max", "value_sum", "value_count", "value_rate", "value_share"],
    ["alerts", "value_p50", "value_p95", "value_p99"],
    ["alerts", "no_data_normal", "no_data_no_data", "no_data_keep", "no_data_firing"],
    ["alerts", "lasting_1", "lasting_4", "lasting_24", "lasting_168"],
    ["alerts", "told_sent", "told_failed", "told_waiting", "told_silenced"],
    ["alerts", "kind_webhook", "kind_email", "kind_log", "least_warning", "least_critical"],
    ["keys", "scope_events_read", "scope_events_write", "scope_operations_read"],
    ["keys", "scope_events_read_hint", "scope_events_write_hint", "scope_operations_read_hint"],
    ["keys", "is_expired", "is_revoked", "life_30", "life_90", "life_365", "life_never"],
    ["webhooks", "reason_gone", "reason_failing", "delivery_waiting", "delivery_delivered", "delivery_failed"],
    ["event_types", "type", "emoji", "english", "chinese"],
    ["event_types", "retention_debug", "retention_event", "retention_error"],
    ["event_types", "privacy_user_visible", "privacy_operational", "privacy_sensitive"],
    ["event_types", "wrong_missing", "wrong_type", "wrong_json", "wrong_object"],
    ["answer", "reason_place", "reason_date", "reason_words", "reason_category"],
    ["pause", "breaker", "wait"],
    ["recents", "today", "yesterday", "week", "older"],
  ].flatMap(([part, ...names]) => names.map((name) => `${part}.${name}`)),
);

describe("the texts", () => {
  it("are all used", () => {
    const sources = import.meta.glob("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
    const code = Object.values(sources).join("\n");
    const unused = english
      .map(([key]) => key.replace(/_(one|other)$/, ""))
      .filter((key) => !code.includes(`"${key}"`) && !composed.has(key));
    expect(unused).toEqual([]);
  });
});
