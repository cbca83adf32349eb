// How much of each station a rate takes, and which one is full first. What a worker asks once a step, however much it finds, counts nowhere here:
// it makes steps long and not full, which the simulation shows. Pure.

/**
 * @returns {{ station: string, utilisation: number, takes: string | null }[]} utilisation: above 1 it cannot be carried; takes: how much there
 *   would have to be, where that is so
 */
export function stations(given, costs, chains, rate) {
  const { validator, relayer, question, recover, sign, gas, counts } = costs;
  const { points, deliveries, news } = trafficOf(given, chains, rate);
  const each = question.database + question.wait;
  const asked = (counts.block + counts.final + counts.finalLane * (chains - 1)) / given.blockSeconds + ((counts.blockNews + counts.finalNews) * news + counts.deliverySeen * deliveries) / chains;
  const watch = (part) => (rate / chains) * (both(part.head) + both(part.final) + both(part.delivered)) + asked * each;
  const all = (part, what) => rate * Object.values(part).reduce((sum, step) => sum + step[what], 0);
  const machine = (station, seconds) => load(station, seconds, given.cores, "processors");
  const worker = (station, seconds) => load(station, seconds, 1, "workers side by side");
  const chainGas = (rate / chains) * (gas.send + gas.message) + (deliveries / chains) * gas.delivery;
  return [
    load("gas of a chain", chainGas / 1e6, given.blockGas / given.blockSeconds / 1e6, "million gas/s"),
    machine("validator: programs", all(validator, "programs") + points * (sign + recover)),
    machine("validator: database", all(validator, "database") + (asked * chains + points) * question.database),
    worker("validator: watcher of a chain", watch(validator)),
    worker("validator: attester", rate * both(validator.attest) + points * (sign + recover)),
    worker("validator: offers", points * each),
    load("relayer: broker", points * given.validators + 2 * news + deliveries, given.busRate, "messages/s"),
    machine("relayer: programs", all(relayer, "programs") + points * (2 * given.validators + given.threshold) * recover),
    machine("relayer: database", all(relayer, "database") + (asked * chains + points * given.validators * counts.intake + deliveries * counts.deliver) * question.database),
    worker("relayer: watcher of a chain", watch(relayer)),
    worker("relayer: certifier", rate * both(relayer.certify) + points * (given.validators + given.threshold) * recover),
    worker("relayer: executor of a chain", (rate * both(relayer.deliver) + deliveries * counts.deliver * each) / chains),
  ];
}

/** The fullest station. */
export const bottleneck = (all) => all.reduce((a, b) => (b.utilisation > a.utilisation ? b : a));

/** A second's points, deliveries, and blocks of a lane that hold anything. Transfers come each for itself, through all lanes alike. */
export function trafficOf({ blockSeconds, maxBatch }, chains, rate) {
  const blocks = (chains * (chains - 1)) / blockSeconds;
  const inBlock = rate / blocks;
  const news = blocks * (1 - Math.exp(-inBlock));
  return { news, points: news + rate / 128, deliveries: Math.max(news, rate / maxBatch) };
}

function load(station, needed, there, unit) {
  return { station, utilisation: needed / there, takes: needed > there ? `${Math.ceil(needed)} ${unit}` : null };
}

const both = ({ programs, database }) => programs + database;
