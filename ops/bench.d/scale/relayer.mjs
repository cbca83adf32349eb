// The relayer: it reads every chain, judges what validators hand over and certifies it in one worker, and delivers with one worker for each destination.

/** @param handedOver [seconds since it was final, messages] of what a destination's node has now */
export function addRelayer(organisation, chains, lanes, plan, handedOver) {
  const { costs, clock } = organisation;
  const { counts } = costs;
  const { certify, deliver } = costs.relayer;
  const executors = new Map(chains.map((chain) => [chain, organisation.hire(`execute ${chain.name}`, () => execute(chain))]));
  let pending = 0;
  const watchers = chains.map((chain) => organisation.watch(chain, costs.relayer, (lane, last) => {
    lane.final = last;
    relay.ring();
  }));

  const relay = organisation.hire("relay", function* () {
    const judged = pending;
    pending = 0;
    let asked = counts.relayStep + counts.judge * Math.ceil(judged / counts.judgeAtOnce);
    yield { programs: judged * costs.recover, questions: asked };
    asked = 0;
    for (const lane of lanes) {
      asked += counts.relayLane;
      const upTo = Math.min(lane.quorum(plan.threshold), lane.final);
      if (upTo <= lane.certified) continue;
      const [messages, points] = [upTo - lane.certified, lane.pointsIn(lane.certified, upTo)];
      yield { programs: messages * certify.programs + points * plan.threshold * costs.recover, database: messages * certify.database, questions: asked + counts.certify };
      asked = 0;
      lane.certified = upTo;
      clock.after(costs.hop, () => executors.get(lane.to).ring());
    }
    yield { questions: asked };
  });

  function* execute(chain) {
    const into = lanes.filter(({ to }) => to === chain);
    let asked = counts.executeStep + counts.drive * into.reduce((sum, { underway }) => sum + underway, 0);
    for (const lane of into) {
      asked += counts.executeLane;
      for (let last; lane.underway < plan.maxInFlight && (last = lane.pointBelow(Math.min(lane.certified, lane.submitted + plan.maxBatch))) > lane.submitted;) {
        const count = last - lane.submitted;
        yield { programs: count * deliver.programs, database: count * deliver.database, questions: asked + counts.deliver };
        asked = 0;
        handedOver(lane.hand(last, clock.now));
        lane.underway++;
        chain.submit({ lane, last, count, gas: costs.gas.delivery + count * costs.gas.message });
      }
    }
    yield { questions: asked };
    if (into.some(({ underway, certified, submitted }) => underway > 0 || certified > submitted)) clock.after(counts.patience, () => executors.get(chain).ring());
  }

  /** Who takes attestations from the bus and from the API does it side by side. */
  const offer = (lane, validator, upTo, points) => organisation.perform({ programs: points * costs.recover, questions: points * counts.intake }, () => {
    lane.validators[validator].offered = upTo;
    pending += points;
    relay.ring();
  });
  return { offer, programs: [watchers, [relay], [...executors.values()]] };
}
