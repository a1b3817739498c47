import type { ImportFormat } from "@evenkeel/sdk";

export const importFormats = ["json", "conferences", "csv", "icalendar"] as const satisfies readonly ImportFormat[];

/** Fields of an event that a column can be. */
export const columnFields = [
  "title",
  "starts",
  "starts_time",
  "ends",
  "ends_time",
  "time_zone",
  "venue",
  "city",
  "country",
  "latitude",
  "longitude",
  "virtual",
  "url",
  "categories",
  "languages",
  "description",
  "key",
] as const;

export type ColumnField = (typeof columnFields)[number];

/** Field to name of its column; absent = the file does not have it. */
export type Mapping = Partial<Record<ColumnField, string>>;

/** The beginning of a table. */
export interface TablePreview {
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

/** So much of a file is looked at here. */
export const previewBytes = 64_000;
const previewRows = 5;

/** What a file seems to be written in, by its name and how it begins. */
export function guessFormat(name: string, beginning: string): ImportFormat {
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  if (extension === "ics" || /^\s*BEGIN:VCALENDAR/i.test(beginning)) return "icalendar";
  if (extension === "json" || /^\s*[[{]/.test(beginning))
    return /"startDate"\s*:/.test(beginning) ? "conferences" : "json";
  return "csv";
}

/** The columns and first rows of a table; the separator is the one that the first line has most of. */
export function previewTable(beginning: string): TablePreview {
  const text = beginning.replace(/^\ufeff/, "");
  const firstLine = text.split(/\r?\n/, 1)[0] ?? "";
  const counts = [",", ";", "\t", "|"].map((separator) => [separator, firstLine.split(separator).length] as const);
  const separator = counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
  const [header = [], ...rows] = readRows(text, separator, previewRows + 1);
  return { header: header.map((name) => name.trim()), rows };
}

function readRows(text: string, separator: string, most: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((value) => value !== "")) rows.push(row);
    row = [];
    cell = "";
  };
  for (let at = 0; at < text.length && rows.length < most; at++) {
    const letter = text[at] ?? "";
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[at++];
      else isQuoted = false;
    } else if (letter === '"' && cell === "") isQuoted = true;
    else if (letter === separator) {
      row.push(cell);
      cell = "";
    } else if (letter === "\n") endRow();
    else if (letter !== "\r") cell += letter;
  }
  if (rows.length < most) endRow();
  return rows;
}

const wellKnownNames: Mapping & Record<string, string> = {
  title: "title name event subject summary 标题 名称 活动名称",
  starts: "starts start start_date date begin 开始 开始日期 日期",
  ends: "ends end end_date until 结束 结束日期",
  time_zone: "time_zone timezone tz 时区",
  venue: "venue location place 地点 场馆",
  city: "city town 城市",
  country: "country nation 国家",
  virtual: "virtual online remote 线上 在线",
  url: "url link website 网址 链接",
  categories: "categories category tags topic 类别 标签",
  description: "description details 描述 简介",
  key: "key id uid 编号",
};

/** Which columns are which fields, by their names: what to begin with. */
export function guessMapping(header: readonly string[]): Mapping {
  const mapping: Mapping = {};
  for (const field of columnFields) {
    const names = (wellKnownNames[field] ?? field).split(" ");
    const column = header.find((name) => names.includes(name.toLowerCase().replaceAll(/[\s-]+/g, "_")));
    if (column !== undefined) mapping[field] = column;
  }
  return mapping;
}
