// node failed-browser-tests.mjs REPORT: the tests that failed in a JSON report of Playwright, each with its first error.
import { readFileSync } from "node:fs";

const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
const errorOf = (spec) => spec.tests.flatMap((test) => test.results).find((result) => result.error)?.error.message ?? "";

for (const spec of report.suites.flatMap(specsOf).filter((spec) => spec.tests.some((test) => test.status !== "expected" && test.status !== "skipped"))) {
  console.log(`${spec.file}:${spec.line} ${spec.title}\n${errorOf(spec).replace(colours, "").slice(0, 800)}`);
}
for (const error of report.errors) {
  console.log(error.message);
}
