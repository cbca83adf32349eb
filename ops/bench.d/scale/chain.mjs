// A chain: a block every so many seconds, with room for so much gas. Deliveries go first, since executors raise what they offer until they are mined.

export class Chain {
  lanes = [];
  watchers = [];
  #mempool = [];
  #height = 0;
  #blocks = [];

  /**
   * @param load due(chain, seconds) says how many wait for each lane from here
   * @param node { send, deliver } seconds of a processor for each, and the machine that has to find them; null: somebody else's
   */
  constructor(clock, { seconds, gas, finality }, costs, load, node) {
    Object.assign(this, { clock, seconds, gas, finality, costs, load, node });
  }

  start(first) {
    this.clock.at(first, () => this.#mine());
  }

  /** A final block of its first lane, made before the time begins. */
  preload(count) {
    const block = { sent: [{ lane: this.lanes[0], count }], messages: count, deliveries: [], delivered: 0, finalAt: 0 };
    this.#append(block);
    for (const watcher of this.watchers) watcher.see(block, block);
  }

  submit(delivery) {
    this.#mempool.push(delivery);
  }

  #mine() {
    const began = this.clock.now;
    const deliveries = this.#deliveries();
    const room = this.gas - deliveries.reduce((sum, { gas }) => sum + gas, 0);
    this.load.due(this, this.seconds);
    const sent = allot(this.lanes.map(({ waiting }) => waiting), Math.floor(room / this.costs.gas.send)).map((count, i) => ({ lane: this.lanes[i], count })).filter(({ count }) => count > 0);
    const total = sent.reduce((sum, { count }) => sum + count, 0);
    const block = { sent, deliveries, messages: total, delivered: deliveries.reduce((sum, { count }) => sum + count, 0) };
    for (const { lane, count } of sent) lane.waiting -= count;
    this.#execute(block, () => {
      this.#publish(block);
      this.clock.at(began + this.seconds, () => this.#mine());
    });
  }

  /** In their order, as nonces have it: the first that does not fit holds up those behind it. */
  #deliveries() {
    const taken = [];
    for (let room = this.gas; this.#mempool.length > 0 && this.#mempool[0].gas <= room;) {
      taken.push(this.#mempool.shift());
      room -= taken.at(-1).gas;
    }
    return taken;
  }

  #execute(block, done) {
    const seconds = this.node === null ? 0 : block.messages * this.node.send + block.delivered * this.node.deliver;
    if (seconds === 0) done();
    else this.node.machine.use(seconds, "chains", done);
  }

  #publish(block) {
    this.#append(block);
    this.#blocks.push(block);
    const final = this.#blocks.length > this.finality ? this.#blocks.shift() : null;
    if (final) final.finalAt = this.clock.now;
    for (const { lane, last, count } of block.deliveries) {
      lane.underway--;
      lane.delivered = last;
      this.delivered?.(count);
    }
    for (const watcher of this.watchers) watcher.see(block, final);
  }

  #append(block) {
    block.height = this.#height++;
    for (const sent of block.sent) sent.last = sent.lane.mine(sent.count, block);
  }
}

/** So many of each as there are, or where there is not room for all, in equal shares of it: whole numbers, `room` of them in all. Pure. */
export function allot(waiting, room) {
  const total = waiting.reduce((sum, count) => sum + count, 0);
  if (total <= room) return waiting;
  let [seen, given] = [0, 0];
  return waiting.map((count) => {
    seen += count;
    const share = Math.floor((seen * Math.max(room, 0)) / total) - given;
    given += share;
    return share;
  });
}
