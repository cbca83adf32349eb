// Attestations that nobody should believe.
import { APIS } from "../organisations.mjs";
import { laneId } from "../../demo.d/wire.mjs";

const hex = (bytes) => `0x${[...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

export const validatorKinds = [
  {
    id: "F72 a flood of attestations by strangers", targets: APIS, milliseconds: [0, 0], recovers: "process",
    async inject(world, { target }) {
      const { alpha, beta } = world.chains;
      const lane = laneId({ id: alpha.id, bridge: world.deployment.bridge }, { id: beta.id, bridge: world.deployment.bridge });
      const offer = (n) => fetch(`${world.organisations.urls[target]}/v1/attestations`, {
        method: "POST", headers: { "content-type": "application/json" },
        body: JSON.stringify({ lane: { source: alpha.id, destination: beta.id }, laneId: lane, sequence: String(n + 1), rollingHash: hex(32), epoch: "1", signature: hex(64) }),
      }).then((answer) => answer.status, () => 0);
      await Promise.all(Array.from({ length: 40 }, (_, n) => offer(n)));
      return () => {};
    },
  },
  {
    id: "F72 garbage for the API", targets: APIS, milliseconds: [0, 0], recovers: "process",
    async inject(world, { target }) {
      const bodies = ["", "{", "[]", '"a"', `{"lane":${"[".repeat(5000)}`, JSON.stringify({ sequence: "-1" }), "x".repeat(3_000_000)];
      await Promise.all(bodies.map((body) => fetch(`${world.organisations.urls[target]}/v1/attestations`, { method: "POST", headers: { "content-type": "application/json" }, body }).catch(() => {})));
      return () => {};
    },
  },
];
