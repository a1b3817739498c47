// The API reference at /reference is Swagger UI's ready bundle beside our own page (public/reference). Only what it loads is copied.
import { copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const bundle = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
const target = fileURLToPath(new URL("../dist/reference/", import.meta.url));

for (const file of ["swagger-ui-bundle.js", "swagger-ui.css", "LICENSE"]) {
  copyFileSync(join(bundle, file), join(target, file));
}
