import { chainKinds } from "./chains.mjs";
import { endpointKinds } from "./endpoints.mjs";
import { postgresKinds } from "./postgres.mjs";
import { processKinds } from "./processes.mjs";
import { rabbitmqKinds } from "./rabbitmq.mjs";
import { validatorKinds } from "./validators.mjs";

/**
 * Every kind of fault: {id, targets, milliseconds, recovers, alone?, inject(world, fault) → heal}. `inject` lasts as long as the fault does, and
 * returns what ends it. `alone`: while it lasts nothing else begins, since it would hide the other.
 */
export const KINDS = [...processKinds, ...endpointKinds, ...chainKinds, ...postgresKinds, ...rabbitmqKinds, ...validatorKinds];
