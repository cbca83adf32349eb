// Which fault strikes whom, and when: made from the seed before the run begins. Pure.
import { Random } from "./random.mjs";

/**
 * @param kinds {id, targets, milliseconds: [least, most], weight}: each is used before any is used twice
 * @param every milliseconds between two faults
 * @returns {{ number: number, at: number, kind: string, target: string, milliseconds: number, chance: number }[]} at: milliseconds since the start
 */
export function makePlan({ seed, faults, kinds, every }) {
  const random = new Random(seed);
  const bag = [];
  return Array.from({ length: faults }, (_, i) => {
    if (bag.length === 0) bag.push(...random.shuffle(kinds.flatMap((kind) => Array(kind.weight ?? 1).fill(kind))));
    const kind = bag.pop();
    const [least, most] = kind.milliseconds;
    return {
      number: i + 1,
      at: Math.round((i + random.next() / 2) * every),
      kind: kind.id,
      target: random.pick(kind.targets),
      milliseconds: least + random.below(most - least + 1),
      // Whatever else a kind leaves to chance.
      chance: random.next(),
    };
  });
}
