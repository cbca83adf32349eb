// Two fresh chains, and final messages from one to the other that nobody has delivered.
import { deploy } from "../../demo.d/deployment.mjs";
import { startChain } from "../replay/chain.mjs";
import { prepareSender, sendBlock } from "../replay/history.mjs";

/**
 * @param validators in ascending order of their addresses
 * @returns the chains by name, the deployment, and the messages
 */
export async function makeBacklog(processes, folder, { transfers, validators, threshold, name }) {
  const world = await freshChains(processes, folder, { validators, threshold, name });
  const { alpha, beta, deployment } = world;
  await prepareSender(alpha, deployment, transfers);
  const messages = [];
  while (messages.length < transfers) messages.push(...(await sendBlock(alpha, beta, deployment, transfers - messages.length)));
  for (const chain of [alpha, beta]) await chain.finalise();
  return { ...world, messages };
}

/** Two chains that mine when they are told to, with the contracts on both. */
export async function freshChains(processes, folder, { validators, threshold, name }) {
  const [alpha, beta] = await Promise.all([startChain(processes, `${name} alpha`, 918001), startChain(processes, `${name} beta`, 918002)]);
  const chains = { alpha: naming(alpha, "alpha"), beta: naming(beta, "beta") };
  const deployment = await deploy(processes, chains, validators.map(({ address }) => address), threshold, folder);
  for (const chain of [alpha, beta]) await chain.request("evm_setAutomine", false);
  return { alpha, beta, chains, deployment };
}

/** What the deployment and the nodes know of a chain. */
const naming = (chain, name) => ({ id: chain.id, name, url: chain.url, client: { request: ({ method, params }) => chain.request(method, ...params) } });
