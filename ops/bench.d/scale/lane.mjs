// How far each part of the deployment is with a lane. All are sequences: what is above is still to be done.
const STRIDE = 128;

export class Lane {
  mined = 0;
  delivered = 0;
  submitted = 0;
  certified = 0;
  underway = 0;
  /** Waiting to be mined at the source. */
  waiting = 0;
  /** Where it can be attested, ascending: the ends of blocks and the multiples of the stride. */
  points = [];
  /** [last sequence, block], ascending. */
  blocks = [];
  #late = 0;

  constructor(from, to, validators) {
    Object.assign(this, { from, to });
    /** Of the relayer: how far it has read what is final. */
    this.final = 0;
    this.validators = Array.from({ length: validators }, () => ({ final: 0, attested: 0, handed: 0, offered: 0 }));
  }

  /** @returns the last of them */
  mine(count, block) {
    const end = this.mined + count;
    for (let multiple = (Math.floor(this.mined / STRIDE) + 1) * STRIDE; multiple < end; multiple += STRIDE) this.points.push(multiple);
    this.points.push(end);
    this.blocks.push([end, block]);
    return (this.mined = end);
  }

  /** How many points there are above one sequence and up to another. */
  pointsIn(above, upTo) {
    return this.#pointsUpTo(upTo) - this.#pointsUpTo(above);
  }

  /** The newest point at or below a sequence; 0 if there is none. */
  pointBelow(sequence) {
    return this.points[this.#pointsUpTo(sequence) - 1] ?? 0;
  }

  /** What so many validators have handed over. */
  quorum(threshold) {
    return this.validators.map(({ offered }) => offered).sort((a, b) => b - a)[threshold - 1];
  }

  /** [seconds since it was final, messages] of what is handed to the destination's node now, in ascending order: each message once. */
  hand(last, now) {
    const latencies = [];
    for (let done = this.submitted; done < last;) {
      const [end, block] = this.blocks[this.#late];
      const upTo = Math.min(end, last);
      latencies.push([now - block.finalAt, upTo - done]);
      if (upTo === end) this.#late++;
      done = upTo;
    }
    this.submitted = last;
    return latencies;
  }

  #pointsUpTo(sequence) {
    let [low, high] = [0, this.points.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.points[middle] <= sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
