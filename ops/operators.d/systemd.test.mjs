import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { isSetting, list, read, roles } from "./files.mjs";

const units = list("ops/systemd", ".service");
const lines = (unit) => read(`ops/systemd/${unit}`).split("\n");
const hardened = ["DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "CapabilityBoundingSet=",
  "RestrictSUIDSGID=yes", "SystemCallFilter=@system-service", "LimitCORE=0", "RestartPreventExitStatus=2"];

test("systemd-analyze verify finds nothing to say", () => {
  const folder = mkdtempSync(join(tmpdir(), "bridge-units."));
  try {
    // The program is not installed where the check runs; any other that exists stands for it.
    for (const unit of units) writeFileSync(join(folder, unit), read(`ops/systemd/${unit}`).replace(/^ExecStart=\S+/m, "ExecStart=/bin/true"));
    const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...units.map((unit) => join(folder, unit))], { encoding: "utf8" });
    // What it says of the machine's own units is not ours.
    const said = `${stdout}${stderr}`.split("\n").filter((line) => line.includes("bridge-"));
    assert.deepEqual(said, []);
    assert.equal(status, 0, `${stdout}${stderr}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every role is in a unit, every unit runs roles that exist, and the API has one", () => {
  const run = units.flatMap((unit) => [...read(`ops/systemd/${unit}`).matchAll(/--roles (\S+)/g)].flatMap((match) => match[1].split(",")));
  assert.deepEqual([...new Set(run)].sort(), [...roles].sort());
  assert.ok(units.includes("bridge-api.service"));
});

test("every unit is hardened", () => {
  for (const unit of units) assert.deepEqual(hardened.filter((line) => !lines(unit).includes(line)), [], unit);
});

test("units set keys that exist, and take keystores and passwords only as credentials", () => {
  for (const unit of units)
    for (const [, name, value] of read(`ops/systemd/${unit}`).matchAll(/^Environment=(\w+)=(.*)$/gm)) {
      assert.ok(isSetting(name), `${unit}: ${name}`);
      if (/__(Keystore|PasswordFile)$/.test(name))
        {
        const name = /^%t\/bridge-\w+\/([\w.]+)$/.exec(value)?.[1];
        assert.ok(lines(unit).some((line) => line.startsWith(`LoadCredential=${name}:`)), `${unit}: ${value} is no credential`);
        assert.ok(lines(unit).some((line) => line.startsWith("ExecStartPre=/usr/bin/install -m 600 ") && line.split(" ").includes(`%d/${name}`)), `${unit}: ${value} is not copied`);
      }
    }
});

test("no two units answer metrics on one port", () => {
  const ports = units.flatMap((unit) => [...read(`ops/systemd/${unit}`).matchAll(/Metrics__Urls=(\S+)/g)].map((match) => match[1]));
  assert.equal(new Set(ports).size, ports.length);
});
