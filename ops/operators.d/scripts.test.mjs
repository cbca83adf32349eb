import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { list, root, run } from "./files.mjs";

test("shellcheck has nothing to say of the scripts", () => {
  const scripts = ["test", "demo", "bench", "chaos", "with-services"].filter((name) => readFileSync(join(root, "ops", name), "utf8").startsWith("#!/usr/bin/env bash"));
  // SC2015: "a && b || fail" is meant, where b says no more than yes or no.
  run("shellcheck", "-x", "-e", "SC2015", ...scripts.map((name) => `ops/${name}`), ...list("ops/lib", ".sh").map((name) => `ops/lib/${name}`));
});
