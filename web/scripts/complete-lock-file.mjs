// Native tools (Biome, Rolldown, Lightning CSS) publish one optional package per platform. A registry mirror that holds
// only some platforms makes `npm install` write a lock file without the others, and `npm ci` then refuses that file.
// This adds the missing entries, restricted to their platform, so that the lock file restores on every system.
// Run it after any `npm install` that changed the lock file: `npm run lock`.
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));
const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64", "wasm32"];

for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(parent, name)) continue;
    const words = name.split(/[^a-z0-9]+/);
    const system = systems.find((word) => words.includes(word));
    const processor = processors.find((word) => words.includes(word));
    if (!/^\d+\.\d+\.\d+/.test(version) || processor === undefined) throw new Error(`cannot place ${name}@${version}`);
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu: [processor],
      ...(entry.dev === true ? { dev: true } : {}),
      ...(system === "linux" ? { libc: [words.includes("musl") ? "musl" : "glibc"] } : {}),
      optional: true,
      ...(system === undefined ? {} : { os: [system] }),
    };
  }
}

const rootFirst = Object.entries(lock.packages).sort(([left], [right]) => (left < right ? -1 : 1));
lock.packages = Object.fromEntries(rootFirst);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);

function isLocked(parent, name) {
  return `node_modules/${name}` in lock.packages || `${parent}/node_modules/${name}` in lock.packages;
}
