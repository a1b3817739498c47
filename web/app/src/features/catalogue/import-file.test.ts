import { describe, expect, it } from "vitest";
import { guessFormat, guessMapping, previewTable } from "./import-file.ts";

describe("the format of a file", () => {
  it("is told by its name and beginning", () => {
    expect(guessFormat("a.ics", "")).toBe("icalendar");
    expect(guessFormat("export", "BEGIN:VCALENDAR\r\nVERSION:2.0")).toBe("icalendar");
    expect(guessFormat("rust.json", '[{"name":"RustConf","startDate":"2026-09-01"}]')).toBe("conferences");
    expect(guessFormat("own.json", '[{"title":"RustConf","starts":"2026-09-01"}]')).toBe("json");
    expect(guessFormat("table.txt", "title;starts")).toBe("csv");
  });
});

describe("the preview of a table", () => {
  it("takes the separator the first line has most of, and quotes as they are meant", () => {
    const text = '\ufeffName;Begin;Where\r\n"Rust; ""Days""";2026-07-04;"Berlin\nMitte"\r\n\r\nGo;2026-08-01;\r\n';
    expect(previewTable(text)).toEqual({
      header: ["Name", "Begin", "Where"],
      rows: [
        ['Rust; "Days"', "2026-07-04", "Berlin\nMitte"],
        ["Go", "2026-08-01", ""],
      ],
    });
  });

  it("shows the first rows only", () => {
    expect(previewTable(`title,starts\n${"A,2026-07-04\n".repeat(100)}`).rows).toHaveLength(5);
    expect(previewTable("")).toEqual({ header: [], rows: [] });
  });
});

it("columns are told by their names, in both languages", () => {
  expect(guessMapping(["Event", "Start Date", "城市", "Notes"])).toEqual({
    title: "Event",
    starts: "Start Date",
    city: "城市",
  });
});
