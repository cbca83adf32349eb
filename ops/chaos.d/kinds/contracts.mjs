// What the contracts' people and the messages' recipients do: pauses, limits, rotations, and calls that are refused.
import { setTimeout as delay } from "node:timers/promises";
import { CODE, WILLING, setCode } from "../recipients.mjs";
import { TINY } from "../people.mjs";
import { rotate } from "../rotation.mjs";
import { CHAINS, ask } from "./common.mjs";

const acts = (id, begin, end, { targets = CHAINS, milliseconds = [1000, 4000] } = {}) => ({
  id, targets, milliseconds, recovers: "chain",
  async inject(world, fault) {
    await begin(world.admin, fault.target);
    await delay(fault.milliseconds);
    return () => end(world.admin, fault.target);
  },
});

const refusing = (id, code) => ({
  id, targets: CHAINS, milliseconds: [2000, 5000], recovers: "chain",
  async inject(world, { target, milliseconds }) {
    await setCode(world.chains[target], WILLING, code);
    await delay(milliseconds);
    return () => setCode(world.chains[target], WILLING, CODE.takes);
  },
});

export const contractKinds = [
  acts("F77 the asset paused and unpaused", (admin, chain) => admin.pauseAsset(chain), (admin, chain) => admin.unpauseAsset(chain)),
  acts("F77 a lane paused and unpaused", (admin, chain) => admin.pauseLane(chain), (admin, chain) => admin.unpauseLane(chain)),
  acts("F77 everything paused and unpaused", (admin, chain) => admin.pauseAll(chain), (admin, chain) => admin.unpauseAll(chain)),
  // Where the asset is wrapped, its token limits what is minted, and what it allows is announced a week before.
  acts("F78 the limit of what comes in is tiny", (admin, chain) => admin.limitInbound(chain, TINY), (admin, chain) => admin.limitInbound(chain), { targets: ["alpha"] }),
  acts("F78 the limit of what goes out is tiny", (admin, chain) => admin.limitOutbound(chain, TINY), (admin, chain) => admin.limitOutbound(chain)),
  refusing("F69 recipients revert", CODE.reverts),
  refusing("F69 recipients burn all gas", CODE.burns),
  refusing("F69 recipients return 160 KB", CODE["returns 160 KB"]),
  refusing("F69 recipients revert with 160 KB", CODE["reverts with 160 KB"]),
  refusing("F69 recipients return something else", CODE["returns something else"]),
  {
    id: "F74 the validator set rotates", targets: CHAINS, milliseconds: [0, 0], recovers: "chain",
    async inject(world, { target }) {
      await rotate(world, target);
      return () => {};
    },
  },
  {
    id: "F75 the validator set rotates, and the block of it is replaced", targets: CHAINS, milliseconds: [500, 1500], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      await rotate(world, target);
      await ask(world, target, "anvil_reorg", 1, []);
      await delay(milliseconds);
      return () => world.traffic.accounts.resend();
    },
  },
];
