// A transfer that crosses nothing.
import { deployToken, rowsOf } from "./rows.mjs";

export async function measure(chain) {
  const token = await deployToken(chain, chain.relayer.address);
  const deliver = async ([{ recipient, amount }]) => [await chain.call(token, "transfer", [recipient, amount])];
  return rowsOf(chain, "plain ERC-20 transfer", { token, deliver });
}
