// Who may do what on one chain, as the AccessManager keeps it. What no role has is the admin's.
import { toFunctionSelector } from "viem";
import { AccessManager, Bridge } from "./artifacts.mjs";
import { call } from "./call.mjs";

const ADMIN = 0n;
const ROLES = [
  { id: 1n, label: "GUARDIAN", members: "guardians", functions: ["pause", "pauseLane", "pauseAsset", "cancelRotation", "endOverlap"] },
  { id: 2n, label: "FEE_ORACLE", members: "feeOracles", functions: ["setMinimumFees"] },
  { id: 3n, label: "FORWARDER", members: "forwarders", functions: ["sendFor"] },
];

const selector = (name) => toFunctionSelector(Bridge.abi.find((item) => item.type === "function" && item.name === name));

const give = (manager, bridge, names, role, what) =>
  call(manager, AccessManager, "setTargetFunctionRole", [bridge, names.map(selector), role], what);

/** What is missing of the roles, their functions and their members, who are listed by the names in ROLES. */
export async function missingRoles(chain, all, manager, bridge) {
  const missing = [];
  for (const { id, label, members, functions } of ROLES) {
    const held = await Promise.all(functions.map((name) => functionRole(chain, manager, bridge, name)));
    const absent = functions.filter((_, i) => held[i] !== id);
    if (absent.length > 0) {
      missing.push(call(manager, AccessManager, "labelRole", [id, label], `named role ${id} ${label}`));
      missing.push(give(manager, bridge, absent, id, `gave ${label} ${absent.join(", ")}`));
    }
    for (const member of all[members]) {
      const [isMember] = await chain.read(manager, AccessManager, "hasRole", [id, member]);
      if (!isMember) missing.push(call(manager, AccessManager, "grantRole", [id, member, 0], `made ${member} a ${label}`));
    }
  }
  return missing;
}

/** Calls of a function that belongs to another role already: the admin takes it, and gives it back. */
export async function borrowed(chain, manager, bridge, name, calls) {
  const holder = await functionRole(chain, manager, bridge, name);
  if (calls.length === 0 || holder === ADMIN) return calls;
  return [
    give(manager, bridge, [name], ADMIN, `borrowed ${name} from role ${holder}`),
    ...calls,
    give(manager, bridge, [name], holder, `gave ${name} back to role ${holder}`),
  ];
}

const functionRole = (chain, manager, bridge, name) => chain.read(manager, AccessManager, "getTargetFunctionRole", [bridge, selector(name)]);

/** Seconds that what the admin does must wait. */
export async function adminDelay(chain, manager, admin) {
  const [, delay] = await chain.read(manager, AccessManager, "hasRole", [ADMIN, admin]);
  return delay;
}

/** A longer delay holds at once, so this must be the last thing that is done without one. */
export const delayAdmin = (manager, admin, delay) =>
  call(manager, AccessManager, "grantRole", [ADMIN, admin, delay], `made the admin ${admin} wait ${delay} s from now on`);
