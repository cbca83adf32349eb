import { contractKinds } from "./contracts.mjs";
import { endpointKinds } from "./endpoints.mjs";
import { hostKinds } from "./hosts.mjs";
import { killKinds } from "./kills.mjs";
import { liarKinds } from "./liars.mjs";
import { postgresKinds } from "./postgres.mjs";
import { processKinds } from "./processes.mjs";
import { rabbitmqKinds } from "./rabbitmq.mjs";
import { reorgKinds } from "./reorgs.mjs";
import { restoreKinds } from "./restores.mjs";
import { transactionKinds } from "./transactions.mjs";
import { validatorKinds } from "./validators.mjs";

/**
 * Every kind of fault: {id, targets, milliseconds, recovers, alone?, blocks?, inject(world, fault) → heal}. `inject` lasts as long as the fault
 * does, and returns what ends it. `alone`: while it lasts nothing else begins, since it would hide the other. `blocks`: while it lasts nobody
 * can be expected to recover from anything else.
 */
export const KINDS = [
  ...killKinds, ...processKinds, ...hostKinds, ...endpointKinds, ...liarKinds, ...reorgKinds, ...transactionKinds, ...contractKinds,
  ...postgresKinds, ...restoreKinds, ...rabbitmqKinds, ...validatorKinds,
];
