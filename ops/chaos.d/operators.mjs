// The people who run the organisations: after a reorg beyond finality, which they know to have kept the content, they let the halted lanes go on.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { RELAYERS, VALIDATORS, databaseOf } from "./organisations.mjs";

/** What such a reorg leads to. Any other halt stays, and ends the run red. */
const CODES = "'FINAL_BLOCK_VANISHED', 'FINAL_DELIVERY_VANISHED'";
const WHY = "blocks were replaced by others with the same content";
/** By `bridge lanes resume`, as people do it; the others in their databases, which spares the machine many starts. */
const BY_COMMAND = RELAYERS[0];

export class Operators {
  #watching = false;

  constructor(world) {
    this.world = world;
  }

  /** From now on they look. */
  watch() {
    this.#watching = true;
  }

  async look() {
    if (!this.#watching) return;
    for (const name of [...VALIDATORS, ...RELAYERS]) {
      if (name === BY_COMMAND) await this.#resumeByCommand(name);
      else await this.world.sql(name).query(`UPDATE lane_halt SET resumed_at = now(), resumed_by = 'chaos', resumed_why = '${WHY}' WHERE resumed_at IS NULL AND code IN (${CODES})`);
    }
  }

  async #resumeByCommand(name) {
    const halted = (await this.world.sql(name).query(`SELECT source_chain, destination_chain FROM lane_halt WHERE resumed_at IS NULL AND code IN (${CODES})`)) ?? [];
    for (const lane of halted) {
      const env = { ...process.env, Bridge__Database: this.world.postgres.connection(databaseOf(name)) };
      const words = this.world.organisations.bridge("lanes", "resume", "--config", this.world.organisations.config(name), "--lane", lane.join(":"), "--by", "chaos", "--why", WHY);
      await promisify(execFile)("dotnet", words, { env }).catch(() => {}); // A database that is away now is asked again in the next round.
    }
  }
}
