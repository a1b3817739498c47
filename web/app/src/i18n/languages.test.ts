import { describe, expect, it } from "vitest";
import { columnFields } from "../features/catalogue/import-file.ts";
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
