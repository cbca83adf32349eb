import { Worker } from "./worker.mjs";

/** Who uses a machine, in its count: our programs. */
export const OURS = "ours";
const NOTHING = { programs: 0, database: 0 };

/** One organisation's machines, workers and database. A question is a statement to the database or a request to a node, one after the other. */
export class Organisation {
  workers = [];

  /** @param machines { programs, database }, which may be the same */
  constructor(clock, name, machines, costs) {
    Object.assign(this, { clock, name, machines, costs });
  }

  hire(name, step) {
    const worker = new Worker(this.clock, `${this.name}: ${name}`, step, (cost, done) => this.perform(cost, done));
    this.workers.push(worker);
    return worker;
  }

  perform({ programs = 0, database = 0, questions = 0 }, done) {
    const { question } = this.costs;
    const answer = () => use(this.machines.database, database + questions * question.database, "database", wait);
    const wait = () => (questions === 0 ? done() : this.clock.after(questions * question.wait, done));
    use(this.machines.programs, programs, OURS, answer);
  }

  /** What reads a chain: first all that is new, then what became final of it. @param onFinal (lane, last) is called for each lane of a final block */
  watch(chain, costs, onFinal) {
    const [heads, finals] = [[], []];
    const { counts } = this.costs;
    const step = function* () {
      while (heads.length > 0) {
        const read = takeSome(heads, counts.readAtOnce);
        const deliveries = read.reduce((sum, block) => sum + block.deliveries.length, 0);
        yield sum([costs.head, total(read, "messages")], [costs.delivered, total(read, "delivered")], counts.block + counts.blockNews * lanesOf(read) + counts.deliverySeen * deliveries);
        const done = finals.splice(0, finals.findLastIndex(({ height }) => heads.length === 0 || height < heads[0].height) + 1);
        if (done.length === 0) continue;
        yield sum([costs.final, total(done, "messages")], [NOTHING, 0], counts.final + counts.finalLane * chain.lanes.length + counts.finalNews * lanesOf(done));
        for (const block of done) for (const { lane, last } of block.sent) onFinal(lane, last);
      }
    };
    const worker = this.hire(`watch ${chain.name}`, step);
    chain.watchers.push({
      see(block, final) {
        heads.push(block);
        if (final) finals.push(final);
        worker.ring();
      },
    });
    return worker;
  }
}

function use(machine, seconds, whose, done) {
  if (seconds === 0) done();
  else machine.use(seconds, whose, done);
}

/** From the front, until there are more than so many messages; at least one. */
function takeSome(blocks, many) {
  let count = 0;
  for (let messages = 0; count < blocks.length && messages <= many; count++) messages += blocks[count].messages;
  return blocks.splice(0, count);
}

const lanesOf = (blocks) => blocks.reduce((sum, block) => sum + block.sent.length, 0);

const total = (blocks, what) => blocks.reduce((sum, block) => sum + block[what], 0);

const sum = ([a, n], [b, m], questions) => ({ programs: a.programs * n + b.programs * m, database: a.database * n + b.database * m, questions });
