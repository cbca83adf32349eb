// Removes one guard from a copy of the source, and builds that: the product itself has no switch that weakens it. A run with a guard removed
// must end red, or the run would prove nothing.
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Failure } from "../demo.d/failure.mjs";

/** @type {Record<string, { what: string, law: string, kinds: string[], file: string, text: string, instead: string }>} */
export const GUARDS = {
  "rows-with-cursor": {
    what: "the cursor moves before the rows that it covers are stored, not with them", law: "L3, L7", kinds: ["F02 W2", "F03 W3", "F05 W5", "F45 all connections", "F38"],
    file: "src/Bridge.Store/Chains/ChainStore.cs",
    text: "var moved = await connection.ExecuteAsync(\n            \"UPDATE chain_cursor SET height = $4",
    instead: "var moved = await source.ExecuteAsync(\n            \"UPDATE chain_cursor SET height = $4",
  },
  "journal-before-broadcast": {
    what: "a transaction is broadcast and never written into the journal before", law: "L8", kinds: ["F16 E2", "F17 E3", "F18 E4", "F45 all connections", "F38"],
    file: "src/Bridge.Relayer/Execute/TransactionDriver.cs",
    text: "        await journal.SaveSignedAsync(lease, new Attempt(submission.Id, hash, raw, fees, time.GetUtcNow()), ct);\n",
    instead: "        await destination.Client.BroadcastAsync(raw, ct);\n        await Task.Delay(1500, ct);\n        await journal.SaveSignedAsync(lease, new Attempt(submission.Id, hash, raw, fees, time.GetUtcNow()), ct);\n",
  },
  "finality": {
    what: "the newest block counts as final", law: "L3, L5, L6", kinds: ["F55 a reorg"],
    file: "src/Bridge.Evm/Chains/ChainClient.Blocks.cs", text: "FinalityTag.Finalized => NewestAsync(\"finalized\"", instead: "FinalityTag.Finalized => NewestAsync(\"latest\"",
  },
  "reorgs-followed": {
    what: "a block that was read is never looked at again", law: "L3, L7", kinds: ["F55 a reorg"],
    file: "src/Bridge.Relayer/Watch/Reorganizer.cs",
    text: "if ((await link.Client.BlockAsync(cursor.At.Height, ct)).Hash == cursor.At.Hash) return false;",
    instead: "if (cursor.At.Height > 0) return false;",
  },
  "members-only": {
    what: "an attestation counts whoever made it", law: "L5, L6", kinds: ["F72 a flood"],
    file: "src/Bridge.Relayer/Relay/IntakeWorker.cs", text: "if (verdict is not AttestationVerdict.Counts)", instead: "if (verdict is AttestationVerdict.MalformedSignature)",
  },
};

const COPIED = ["src", "migrations", "Directory.Build.props", "Directory.Packages.props", "global.json", "nuget.config", "NuGet.Config", ".editorconfig", "appsettings.json"];

/** @returns the root of a copy of the source without the guard */
export function withoutGuard(name, root, folder) {
  const guard = GUARDS[name];
  const copy = join(folder, "broken");
  const skipped = /(^|\/)(bin|obj|node_modules)(\/|$)/;
  for (const part of COPIED.filter((one) => existsSync(join(root, one)))) cpSync(join(root, part), join(copy, part), { recursive: true, filter: (from) => !skipped.test(relative(root, from)) });
  const path = join(copy, guard.file);
  const before = readFileSync(path, "utf8");
  if (before.split(guard.text).length !== 2) throw new Failure(`the guard ${name} is not found in ${guard.file}: fit ops/chaos.d/breaks.mjs to it`);
  writeFileSync(path, before.replace(guard.text, guard.instead));
  return copy;
}
