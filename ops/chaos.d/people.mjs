// The admin of the contracts, and a stranger who delivers what he finds certified.
import { mnemonicToAccount, parseAbi } from "../demo.d/viem.mjs";
import { ASSET } from "../demo.d/deployment.mjs";
import { laneId } from "../demo.d/wire.mjs";

const MNEMONIC = "test test test test test test test test test test test junk";
const abi = parseAbi([
  "function pause()", "function unpause()", "function pauseAsset(uint32 assetId)", "function unpauseAsset(uint32 assetId)", "function pauseLane(uint256 chainId)", "function unpauseLane(uint256 chainId)",
  "function setInboundLimit(uint32 assetId, (uint128 capacity, uint32 period) limit)", "function setOutboundLimit(uint32 assetId, (uint128 capacity, uint32 period) limit)",
  "function deliver(bytes32 lane, uint64 firstSequence, bytes messages, (uint64 epoch, uint256 signers, bytes signatures) certificate)",
]);

/** About as much as deployed. A power of two, which a Bridge keeps exactly: the auditor prints what it keeps. */
const LIMIT = { capacity: 2n ** 60n, period: 3600 };
const NONE = { capacity: 0n, period: LIMIT.period };
/** Ten tokens an hour. */
export const TINY = { capacity: 10_000_000n, period: 3600 };

/** The admin's changes of limits on a chain, as the auditor prints them: they are meant. */
export const meant = (chainId) => [["InboundLimitSet", TINY], ["InboundLimitSet", LIMIT], ["OutboundLimitSet", TINY], ["OutboundLimitSet", NONE]]
  .map(([event, { capacity, period }]) => `${chainId} ${event} 0x${ASSET.toString(16)} 0x${capacity.toString(16)} 0x${period.toString(16)}`);

class Person {
  constructor(index, { chains, deployment, traffic }) {
    Object.assign(this, { account: mnemonicToAccount(MNEMONIC, { addressIndex: index }), chains, deployment, accounts: traffic.accounts });
  }

  /** Sent until it is mined, whatever a reorg makes of it. */
  call(chain, functionName, args, gas = 300_000n) {
    return this.accounts.transact(this.chains[chain], this.account, { address: this.deployment.bridge, abi, functionName, args }, gas);
  }
}

/** The deployer: on these chains it acts without a delay. */
export class Admin extends Person {
  constructor(world) {
    super(0, world);
  }

  pauseAsset = (chain) => this.call(chain, "pauseAsset", [ASSET]);
  unpauseAsset = (chain) => this.call(chain, "unpauseAsset", [ASSET]);
  pauseLane = (chain) => this.call(chain, "pauseLane", [this.#other(chain)]);
  unpauseLane = (chain) => this.call(chain, "unpauseLane", [this.#other(chain)]);
  pauseAll = (chain) => this.call(chain, "pause", []);
  unpauseAll = (chain) => this.call(chain, "unpause", []);
  limitInbound = (chain, limit = LIMIT) => this.call(chain, "setInboundLimit", [ASSET, limit]);
  limitOutbound = (chain, limit = NONE) => this.call(chain, "setOutboundLimit", [ASSET, limit]);

  #other(chain) {
    const names = Object.keys(this.chains);
    return BigInt(this.chains[names[(names.indexOf(chain) + 1) % names.length]].id);
  }
}

export class Stranger extends Person {
  constructor(world) {
    super(9, world);
    this.sql = (name) => world.sql(name);
  }

  /** Delivers what the first relayer has certified for a chain and nobody has delivered. Whoever is first wins; the other loses gas only. */
  async deliver(chain) {
    const to = this.chains[chain];
    const source = Object.values(this.chains).find((one) => one !== to);
    const lane = `source_chain = ${source.id} AND destination_chain = ${to.id}`;
    const rows = await this.sql("relayer-1").query(`SELECT encode(signers, 'hex'), encode(signatures, 'hex'), sequence, epoch,
      (SELECT COALESCE(max(last_sequence), 0) FROM delivery_event WHERE ${lane} AND kind = 'Delivered') FROM certificate WHERE ${lane} ORDER BY sequence DESC LIMIT 1`);
    if (!rows?.length) return;
    const [signers, signatures, last, epoch, delivered] = rows[0];
    if (Number(last) <= Number(delivered) || Number(last) - Number(delivered) > 200) return;
    const wires = await this.sql("relayer-1").query(`SELECT encode(wire, 'hex') FROM message WHERE ${lane} AND status <> 'Orphaned' AND sequence > ${delivered} AND sequence <= ${last} ORDER BY sequence`);
    if (wires?.length !== last - delivered) return;
    const id = laneId({ id: source.id, bridge: this.deployment.bridge }, { id: to.id, bridge: this.deployment.bridge });
    const certificate = { epoch: BigInt(epoch), signers: BigInt(`0x${signers}`), signatures: `0x${signatures}` };
    await this.call(chain, "deliver", [id, BigInt(delivered) + 1n, `0x${wires.flat().join("")}`, certificate], 10_000_000n);
  }
}
