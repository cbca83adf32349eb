// Keeps everything running for a person to look at.
import { DECIMALS, SYMBOL } from "./deployment.mjs";

/** Never returns. */
export async function stay({ chains, deployment, folder, api, users, note }) {
  const lines = [
    ["pages", `${api}/ (choose the test wallet there; nothing to install)`],
    ["API", `${api}/openapi/v1.json`],
    ...Object.values(chains).map(({ name, id, url }) => [`chain ${name}`, `${url} (id ${id})`]),
    ["Bridge", `${deployment.bridge} on both chains`],
    ...Object.keys(chains).map((name) => [`${SYMBOL} on ${name}`, `${deployment.token[name]} (${DECIMALS} decimals)`]),
    ...users.map(({ account, key }, i) => [`account ${i + 1}`, `${account.address} key ${key}`]),
    ["files and logs", folder],
  ];
  console.log(lines.map(([what, value]) => `${what.padEnd(16)} ${value}`).join("\n"));
  note.say("everything keeps running until you press Ctrl-C");
  await new Promise(() => {});
}
