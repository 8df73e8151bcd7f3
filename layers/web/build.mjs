// Builds the page: `node build.mjs [--outdir DIR] [--dev]` writes page.js and page.css, and the same as page-full,
// `node build.mjs --test` bundles the tests and runs them with node's own runner.
// The output depends on the sources and the lock file only, never on a path or a clock.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    outdir: { type: "string", default: join(here, "..", "static") },
    dev: { type: "boolean", default: false },
    test: { type: "boolean", default: false },
  },
});

const shared = {
  absWorkingDir: here,
  bundle: true,
  target: "es2020",
  charset: "utf8",
  logLevel: "warning",
  // Images of the style sheets become data: addresses, the only kind that the page's policy lets load.
  loader: { ".png": "dataurl", ".svg": "dataurl", ".gif": "dataurl" },
};

// Two pages: our own needs little of Leaflet; one with layers added through folium has all of it.
async function buildPages() {
  await buildPage({ page: "src/main.ts" }, { leaflet: join(here, "src", "leaflet-lean.js") });
  await buildPage({ "page-full": "src/full.ts" }, {});
}

async function buildPage(entryPoints, alias) {
  await build({
    ...shared,
    entryPoints,
    alias,
    outdir: options.outdir,
    format: "iife",
    platform: "browser",
    minify: !options.dev,
    // The inner names of Leaflet and the index; those that it also writes as texts stay. Plugins need them as they are.
    ...(alias.leaflet && !options.dev ? { mangleProps: /^_[a-zA-Z]/, reserveProps: /^_leaflet/ } : {}),
    // Leaflet's warnings are for its programmers; the page itself has its status line.
    drop: options.dev ? [] : ["console"],
    sourcemap: options.dev ? "inline" : false,
    legalComments: "eof",
  });
}

async function runTests() {
  const tests = existsSync(join(here, "test"))
    ? readdirSync(join(here, "test"), { recursive: true }).filter((name) => name.endsWith(".test.ts"))
    : [];
  if (tests.length === 0) throw new Error("no tests below layers/web/test");
  // Inside node_modules, so that packages left out of the bundle are found from there.
  const outdir = mkdtempSync(join(here, "node_modules", ".tests-"));
  try {
    await build({
      ...shared,
      entryPoints: tests.map((name) => join("test", name)),
      outdir,
      outbase: "test",
      format: "esm",
      platform: "node",
      outExtension: { ".js": ".mjs" },
      sourcemap: "inline",
      // Leaflet asks for a window as soon as it is loaded: a test that needs one runs in the browser suite.
      packages: "external",
    });
    const files = readdirSync(outdir, { recursive: true }).filter((name) => name.endsWith(".mjs"));
    const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files.map((name) => join(outdir, name))], {
      stdio: "inherit",
    });
    process.exitCode = run.status ?? 1;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

await (options.test ? runTests() : buildPages());
