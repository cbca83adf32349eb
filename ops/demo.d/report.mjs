// What is shown at the end.
import { tokenAbi } from "./abi.mjs";
import { DECIMALS, SYMBOL } from "./deployment.mjs";
import { readGas } from "./gas.mjs";
import { readLatencies } from "./latency.mjs";
import { quantile } from "./quantile.mjs";
import { table } from "./table.mjs";
import { formatUnits } from "./viem.mjs";

export async function report({ chains, deployment, evidence, complete, traffic, api, executor }) {
  const gas = await readGas(chains, evidence.lanes, traffic.sends);
  const latencies = await readLatencies(api, evidence.lanes, complete, traffic.sentAt);
  const fees = await Promise.all(Object.values(chains).map(async (chain) => [`on ${chain.name}`, await earned(chain, deployment, executor)]));
  return `\n${table([
    {
      head: ["seconds from sending until", "transfers", "median", "95 %", "longest", "own median"],
      rows: latencies.map(({ stage, since, own }) => [stage, since.length, ...[0.5, 0.95, 1].map((share) => tenths(since, share)), tenths(own, 0.5)]),
    },
    { head: ["gas", "transfers", "deliveries", "to send one", "to deliver one"], rows: gas.map((lane) => [lane.name, lane.messages, lane.deliveries, Math.round(lane.perSend), Math.round(lane.perTransfer)]) },
    { head: ["fees earned by the executor", SYMBOL], rows: fees },
  ])}\n`;
}

/** @param verdict audit.mjs's */
export const closingLine = ({ sent, delivered, lost, doubled, gap }) =>
  `demo: ${sent} sent, ${delivered} delivered, ${lost} lost, ${doubled} doubled, supply gap ${gap}`;

export const passed = ({ sent, delivered, lost, doubled, gap, faults }, transfers) =>
  sent === transfers && delivered === transfers && lost === 0 && doubled === 0 && gap === 0n && faults.length === 0;

async function earned({ client, name }, { token }, executor) {
  return formatUnits(await client.readContract({ address: token[name], abi: tokenAbi, functionName: "balanceOf", args: [executor] }), DECIMALS);
}

/** To a tenth; a dash where there is nothing. */
const tenths = (values, share) => (values.length === 0 ? "-" : quantile(values, share).toFixed(1));
