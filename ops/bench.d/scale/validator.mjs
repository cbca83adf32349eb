// A validator: it reads every chain, signs each lane's points in one worker, and hands them to the relayer in another.

/** @param offer (handed) gets [lane, how far, attestations] of a lane to the relayer */
export function addValidator(organisation, index, chains, lanes, offer) {
  const { costs, clock } = organisation;
  const { counts } = costs;
  const { attest } = costs.validator;
  const watchers = chains.map((chain) => organisation.watch(chain, costs.validator, (lane, last) => {
    lane.validators[index].final = last;
    attester.ring();
  }));
  const attester = organisation.hire("attest", function* () {
    let asked = counts.attestStep;
    for (const lane of lanes) {
      const mine = lane.validators[index];
      asked += counts.attestLane;
      if (mine.final === mine.attested) continue;
      const [messages, points] = [mine.final - mine.attested, lane.pointsIn(mine.attested, mine.final)];
      const upTo = mine.final;
      yield { programs: messages * attest.programs + points * (costs.sign + costs.recover), database: messages * attest.database, questions: asked + counts.attestNews };
      asked = 0;
      mine.attested = upTo;
      sender.ring();
    }
    yield { questions: asked };
  });
  const sender = organisation.hire("offer", function* () {
    let asked = 0;
    for (const lane of lanes) {
      const mine = lane.validators[index];
      asked += counts.offerLane;
      if (mine.attested === mine.handed) continue;
      const [upTo, points] = [mine.attested, lane.pointsIn(mine.handed, mine.attested)];
      yield { questions: asked + points + counts.offerNews };
      asked = 0;
      mine.handed = upTo;
      clock.after(costs.hop, () => offer(lane, index, upTo, points));
    }
    yield { questions: asked };
  });
  return [...watchers, attester, sender];
}
