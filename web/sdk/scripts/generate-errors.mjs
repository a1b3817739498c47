// Makes src/generated/errors.ts from the table of errors in the server's OpenAPI document.
import { readFile, writeFile } from "node:fs/promises";

const source = new URL("../../../docs/openapi.json", import.meta.url);
const target = new URL("../src/generated/errors.ts", import.meta.url);

const { "x-error-catalogue": catalogue } = JSON.parse(await readFile(source, "utf8"));
if (catalogue === undefined) throw new Error("docs/openapi.json has no x-error-catalogue.");
await writeFile(
  target,
  `/**
 * This file was made from docs/openapi.json by \`npm run generate\`.
 * Do not change it by hand.
 */
export const errors = ${JSON.stringify(catalogue, null, 2)} as const;
`,
);
