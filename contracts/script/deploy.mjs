#!/usr/bin/env node
// Deploys a Bridge to every chain of a configuration, at one address, and opens all lanes between them.
// Running it again does what is still missing, or nothing. See README.md for the configuration.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { connect } from "./lib/chain.mjs";
import { readConfig } from "./lib/config.mjs";
import { configure, deployContracts, describe } from "./lib/deployment.mjs";
import { Refused } from "./lib/refused.mjs";

const usage = "usage: DEPLOYER_PRIVATE_KEY=0x… deploy.mjs --config <json> [--out <json>]";

async function main() {
  const { values } = parseArgs({ options: { config: { type: "string" }, out: { type: "string" } } });
  if (!values.config) throw new Refused(usage);
  const config = readConfig(values.config);
  const chains = await Promise.all(config.chains.map((chain) => connect(chain, process.env.DEPLOYER_PRIVATE_KEY)));
  const ids = chains.map((c) => c.chainId);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new Refused(`chain id ${twice} is behind more than one of the rpc addresses`);

  const deployment = { ...config, chains, admin: config.admin ?? chains[0].deployer };
  const steps = (await Promise.all(chains.map((chain) => deployContracts(chain, deployment)))).flat();
  // Every Bridge stands before the first lane opens: a lane names the Bridge at its other end.
  steps.push(...(await Promise.all(chains.map((chain) => configure(chain, deployment)))).flat());
  console.error(steps.length ? steps.join("\n") : "nothing to do");

  const text = `${JSON.stringify(await describe(deployment), null, 2)}\n`;
  if (values.out) writeFileSync(values.out, text);
  else process.stdout.write(text);
}

main().catch((error) => {
  const plain = error instanceof Refused || String(error.code).startsWith("ERR_PARSE_ARGS");
  console.error(`deploy: ${plain ? error.message : error.stack}`);
  process.exit(1);
});
