import { describe, expect, it } from "vitest";
import { changeRequest, createRequest, newWebFields, problemsOf, type SourceFields } from "./source-fields.ts";

const files: SourceFields = { name: "Handbook", visibility: "public", web: null };
const web: SourceFields = { ...files, name: "", web: { ...newWebFields, url: "https://example.com/guide" } };

function crawl(maxPages: string): SourceFields {
  return { ...web, web: { ...newWebFields, url: "https://example.com", mode: "crawl", maxPages } };
}

describe("the form of a source", () => {
  it("needs a name, but a web source is called by its address", () => {
    expect(problemsOf({ ...files, name: " " })).toEqual({ name: "name_missing" });
    expect(problemsOf(web)).toEqual({});
    expect(createRequest(web)).not.toHaveProperty("name");
  });

  it("takes addresses of the web only", () => {
    for (const url of ["", "example.com", "ftp://example.com/x", "javascript:alert(1)", "https://"])
      expect(problemsOf({ ...web, web: { ...newWebFields, url } }), url).toEqual({ url: "url_wrong" });
  });

  it("takes 1 to 1,000 pages, and does not ask where there is only one", () => {
    for (const count of ["0", "1001", "", "2.5", "many"])
      expect(problemsOf(crawl(count)), count).toEqual({ maxPages: "max_pages_wrong" });
    expect(problemsOf(crawl("1000"))).toEqual({});
    expect(createRequest({ ...web, web: { ...newWebFields, url: "https://example.com", maxPages: "" } }).web).toEqual({
      url: "https://example.com",
      mode: "page",
    });
  });

  it("sends the interval only where one was chosen", () => {
    const daily = { ...web, web: { ...newWebFields, url: "https://example.com", refreshHours: "24" } };
    expect(createRequest(daily).web).toMatchObject({ refresh_hours: 24 });
    expect(createRequest(web).web).not.toHaveProperty("refresh_hours");
  });

  it("changes only what is different", () => {
    expect(changeRequest(files, files)).toEqual({});
    expect(changeRequest(files, { ...files, name: " Manual " })).toEqual({ name: "Manual" });
    expect(changeRequest(files, { ...files, visibility: "private" })).toEqual({ visibility: "private" });
    expect(changeRequest(crawl("10"), { ...crawl("10"), visibility: "private" })).not.toHaveProperty("web");
    expect(changeRequest(crawl("10"), crawl("20"))).toEqual({
      web: { url: "https://example.com", mode: "crawl", max_pages: 20 },
    });
  });
});
