// Removes one guard from a copy of the source, and builds that: the product itself has no switch that weakens it. A run with a guard removed
// must end red, or the run would prove nothing.
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Failure } from "../demo.d/failure.mjs";

const FINALITY = {
  file: "src/Bridge.Evm/Chains/ChainClient.Blocks.cs", text: "FinalityTag.Finalized => NewestAsync(\"finalized\"", instead: "FinalityTag.Finalized => NewestAsync(\"latest\"",
};

/** @type {Record<string, { what: string, law: string, kinds: string[], edits: { file: string, text: string, instead: string }[] }>} */
export const GUARDS = {
  "rows-with-cursor": {
    what: "the cursor moves before the rows that it covers are stored, not with them, and nothing is read again", law: "L3, L7", kinds: ["F02 W2", "F03 W3", "F05 W5", "F45 all connections", "F38"],
    edits: [{
      file: "src/Bridge.Store/Chains/ChainStore.cs",
      text: "var moved = await connection.ExecuteAsync(\n            \"UPDATE chain_cursor SET height = $4",
      instead: "var moved = await source.ExecuteAsync(\n            \"UPDATE chain_cursor SET height = $4",
    }, {
      // A watcher that finds its fold missing something reads again from the last final block, which heals what the first edit breaks.
      file: "src/Bridge.Relayer/Watch/Watcher.cs", text: "if (_rereading.IsDue()) await", instead: "if (_rereading.IsDue() && _connected is false) await",
    }],
  },
  "journal-before-broadcast": {
    what: "a transaction is broadcast before it is written into the journal, so that a nonce is used that no journal explains", law: "L3, L8", kinds: ["F16 E2", "F17 E3", "F18 E4", "F45 all connections", "F38"],
    edits: [{
      file: "src/Bridge.Relayer/Execute/TransactionSender.cs",
      text: "        await journal.SaveSignedAsync(account.Lease, attempt, ct);\n",
      instead: "        await account.Chain.Client.BroadcastAsync(raw, ct);\n        await Task.Delay(1500, ct);\n        await journal.SaveSignedAsync(account.Lease, attempt, ct);\n",
    }],
  },
  "replacement-at-its-nonce": {
    what: "a transaction that is not mined is replaced at a new nonce, and both can be mined", law: "L8", kinds: ["F61", "F63"],
    edits: [{
      file: "src/Bridge.Relayer/Execute/Replacement.cs",
      text: "await sender.DeliverAsync(account, open, fees, data, ct);",
      instead: "await sender.DeliverAsync(account, open with { Nonce = await account.Chain.Client.NonceAsync(account.Account, pending: true, ct) }, fees, data, ct);",
    }],
  },
  "delivered-when-final": {
    what: "a delivery counts as done in the block that mined it", law: "L3, L8", kinds: ["F59", "F60 the block"],
    edits: [{
      file: "src/Bridge.Core/Execution/SubmissionPlan.cs", text: "(mined.Effective, mined.Height <= finalHeight) switch", instead: "(mined.Effective, mined.Height > 0) switch",
    }],
  },
  finality: {
    what: "the newest block counts as final", law: "L3, L6", kinds: ["F55", "F57"], edits: [FINALITY],
  },
  "signing-journal": {
    what: "only a validator's database remembers what it signed, and the newest block counts as final", law: "L3, L5, L6", kinds: ["F42 a validator's database thrown back over"],
    edits: [FINALITY, {
      file: "src/Bridge.Relayer/Attest/SigningRecord.cs", text: "if (Conflicts(journal.Find(laneId, checkpoint.Sequence), checkpoint) || ", instead: "if (",
    }, {
      file: "src/Bridge.Relayer/Attest/SigningRecord.cs", text: "        journal.Record(checkpoints);\n", instead: "",
    }],
  },
  "reorgs-followed": {
    what: "a block that was read is never looked at again", law: "L3, L7", kinds: ["F55", "F57"],
    edits: [{
      file: "src/Bridge.Relayer/Watch/Reorganizer.cs",
      text: "if (await HashAsync(link, cursor.At.Height, head, ct) == cursor.At.Hash) return false;",
      instead: "if (cursor.At.Height > 0) return false;",
    }],
  },
  "compared-with-the-contract": {
    what: "what the logs fold to is not compared with what the contract holds", law: "L6", kinds: ["F50 a validator's every endpoint: messages invented"],
    edits: [{
      file: "src/Bridge.Relayer/Watch/LaneFold.cs", text: "if (folded == contract) return;", instead: "if (height > 0) return;",
    }],
  },
  "endpoints-agree": {
    what: "one endpoint of three is believed", law: "L3, L7", kinds: ["F48 an", "F49 an", "F50 an", "F52 an"],
    edits: [{
      file: "src/Bridge.Relayer/Chains/ChainLink.cs", text: "new ChainId(options.ChainId), Endpoints(options), options.EffectiveQuorum)", instead: "new ChainId(options.ChainId), Endpoints(options), Math.Min(options.EffectiveQuorum, 1))",
    }],
  },
  "members-only": {
    what: "an attestation counts whoever made it", law: "L5, L6", kinds: ["F72 a flood"],
    edits: [{
      file: "src/Bridge.Relayer/Relay/IntakeWorker.cs", text: "if (verdict is AttestationVerdict.Counts) return signer;", instead: "if (verdict is not AttestationVerdict.MalformedSignature) return signer;",
    }, {
      file: "src/Bridge.Relayer/Bus/OfferedConsumer.cs", text: "return verdict is AttestationVerdict.Counts ? (null, signer)", instead: "return verdict is not AttestationVerdict.MalformedSignature ? (null, signer)",
    }, {
      file: "src/Bridge.Api/Attestations/AttestationIntake.cs",
      text: "if (Refusal(verdict, attestation, laneId, current.Set, signer) is { } refusal) return refusal;",
      instead: "if (verdict is AttestationVerdict.MalformedSignature && Refusal(verdict, attestation, laneId, current.Set, signer) is { } refusal) return refusal;",
    }],
  },
};

const COPIED = ["src", "migrations", "Directory.Build.props", "Directory.Packages.props", "global.json", "nuget.config", "NuGet.Config", ".editorconfig", "appsettings.json"];

/** @returns the root of a copy of the source without the guard */
export function withoutGuard(name, root, folder) {
  const guard = GUARDS[name];
  const copy = join(folder, "broken");
  const skipped = /(^|\/)(bin|obj|node_modules)(\/|$)/;
  for (const part of COPIED.filter((one) => existsSync(join(root, one)))) cpSync(join(root, part), join(copy, part), { recursive: true, filter: (from) => !skipped.test(relative(root, from)) });
  for (const { file, text, instead } of guard.edits) {
    const path = join(copy, file);
    const before = readFileSync(path, "utf8");
    if (before.split(text).length !== 2) throw new Failure(`the guard ${name} is not found in ${file}: fit ops/chaos.d/breaks.mjs to it`);
    writeFileSync(path, before.replace(text, () => instead));
  }
  return copy;
}
