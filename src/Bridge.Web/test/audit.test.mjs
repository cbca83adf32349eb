// What the auditor's page proves by itself: whatever was altered is told, and nothing is believed.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, describe, test } from "node:test";
import { compactSignatureToHex, hexToBytes, parseSignature, recoverTypedDataAddress, signatureToCompactSignature } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { close, load } from "./load.mjs";

const { canonical } = await load("audit/canonical.ts");
const { leafHash, nodeHash, rootFrom } = await load("audit/merkle.ts");
const { parseNote, holds } = await load("audit/note.ts");
const { allSteps, checkProof } = await load("audit/proof.ts");
const { checkExport } = await load("audit/manifest.ts");
const { verdict } = await load("audit/steps.ts");
const { addsUp, judge } = await load("audit/reconcile.ts");
const { filledIn } = await load("audit/filters.ts");
after(close);

const operator = privateKeyToAccount(`0x${"11".repeat(32)}`);
const witness = privateKeyToAccount(`0x${"22".repeat(32)}`);
const ORIGIN = "bridge.example/log";
const DOMAIN = { name: "Bridge audit log", version: "1" };
const FIELDS = [{ name: "origin", type: "string" }, { name: "treeSize", type: "uint64" }, { name: "rootHash", type: "bytes32" }, { name: "time", type: "uint64" }];
const ID = `0x${"ab".repeat(32)}`;
const sha = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const hex = (bytes) => `0x${Buffer.from(bytes).toString("hex")}`;
const compact = (signature) => compactSignatureToHex(signatureToCompactSignature(parseSignature(signature)));

/** The reference tree of Certificate Transparency. */
const ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS = ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"].map((root) => `0x${root}`);

/** Root and proofs by the definition of RFC 6962, section 2.1, alone. */
function rootOf(leaves) {
  if (leaves.length === 1) return leaves[0];
  const middle = splitOf(leaves.length);
  return sha(Buffer.from([1]), rootOf(leaves.slice(0, middle)), rootOf(leaves.slice(middle)));
}
function pathOf(leaves, index) {
  if (leaves.length === 1) return [];
  const middle = splitOf(leaves.length);
  return index < middle ? [...pathOf(leaves.slice(0, middle), index), rootOf(leaves.slice(middle))] : [...pathOf(leaves.slice(middle), index - middle), rootOf(leaves.slice(0, middle))];
}
const splitOf = (length) => 2 ** Math.ceil(Math.log2(length) - 1);
const changed = (hash) => `${hash.slice(0, -1)}${hash.endsWith("0") ? "1" : "0"}`;

describe("the tree", () => {
  test("has the reference's leaves and roots", async () => {
    assert.equal(await leafHash(""), ROOTS[0]);
    assert.equal(await nodeHash(ROOTS[0], hex(sha(Buffer.from("0000", "hex")))), ROOTS[1]);
    const leaves = ENTRIES.map((entry) => sha(Buffer.from([0]), Buffer.from(entry, "hex")));
    for (let size = 1; size <= leaves.length; size++) {
      for (let index = 0; index < size; index++) {
        assert.equal(await rootFrom(hex(leaves[index]), BigInt(index), BigInt(size), pathOf(leaves.slice(0, size), index).map(hex)), ROOTS[size - 1], `${index} of ${size}`);
      }
    }
  });

  test("proves every leaf of every small tree at its place alone", async () => {
    const all = Array.from({ length: 33 }, (_, i) => sha(Buffer.from([0, i])));
    for (let size = 1; size <= all.length; size++) {
      const [leaves, root] = [all.slice(0, size), hex(rootOf(all.slice(0, size)))];
      for (let index = 0; index < size; index++) {
        const path = pathOf(leaves, index).map(hex);
        const from = (leaf, at, hashes) => rootFrom(leaf, BigInt(at), BigInt(size), hashes);
        assert.equal(await from(hex(leaves[index]), index, path), root, `${index} of ${size}`);
        assert.notEqual(await from(changed(hex(leaves[index])), index, path), root);
        assert.equal(await from(hex(leaves[index]), index, [...path, root]), undefined, "too long");
        if (size > 1) assert.notEqual(await from(hex(leaves[index]), (index + 1) % size, path), root);
        if (size > 1) assert.equal(await from(hex(leaves[index]), index, path.slice(1)), undefined, "too short");
        for (let i = 0; i < path.length; i++) assert.notEqual(await from(hex(leaves[index]), index, path.with(i, changed(path[i]))), root);
      }
    }
    assert.equal(await rootFrom(ROOTS[0], 1n, 1n, []), undefined, "a tree of one leaf has no second");
  });
});

test("JSON has one form, and no numbers", () => {
  assert.equal(canonical(JSON.parse('{ "b": "1", "a": [ true, false, null ] }')), '{"a":[true,false,null],"b":"1"}');
  assert.equal(canonical(JSON.parse('{ "\\u20ac": "Euro", "\\r": "CR", "\\ufb33": "D", "1": "One", "\\ud83d\\ude00": "S", "\\u0080": "C", "\\u00f6": "O" }')),
    '{"\\r":"CR","1":"One","\u0080":"C","\u00f6":"O","\u20ac":"Euro","\ud83d\ude00":"S","\ufb33":"D"}');
  assert.throws(() => canonical({ a: [1] }));
});

/** A line of a signed note, as src/Bridge.Core/Transparency/SignedNote.cs writes it. */
async function line(account, { role = 0, name = ORIGIN, size, root, origin = ORIGIN, time = 1_800_000_000n, primaryType = role === 0 ? "LogCheckpoint" : "LogCosignature", named = account.address }) {
  const signature = compact(await account.signTypedData({ domain: DOMAIN, types: { [primaryType]: FIELDS }, primaryType, message: { origin, treeSize: size, rootHash: root, time } }));
  const address = Buffer.from(hexToBytes(named));
  const keyId = sha(Buffer.from(`${name}\n`), Buffer.from([0xff]), Buffer.from("bridge-eip712-secp256k1"), address).subarray(0, 4);
  const when = Buffer.alloc(8);
  when.writeBigUInt64BE(time);
  return `— ${name} ${Buffer.concat([keyId, Buffer.from([role]), when, address, Buffer.from(hexToBytes(signature))]).toString("base64")}\n`;
}
const body = (size, root) => `${ORIGIN}\n${size}\n${Buffer.from(hexToBytes(root)).toString("base64")}\n`;
const noteOf = async (size, root, ...lines) => `${body(size, root)}\n${lines.length > 0 ? lines.join("") : await line(operator, { size, root })}`;

describe("a signed note", () => {
  const [size, root] = [17n, ROOTS[3]];

  test("is read, with the operator and its witnesses, and says who signed it", async () => {
    const note = await parseNote(await noteOf(size, root, await line(operator, { size, root }), await line(witness, { role: 1, name: "witness.example", size, root }), "— other.example AAAAAAA=\n"));
    assert.deepEqual([note.origin, note.size, note.root], [ORIGIN, size, root]);
    assert.deepEqual(note.signatures.map(({ signer, role }) => [signer, role]), [[operator.address, "operator"], [witness.address, "witness"]]);
    for (const signature of note.signatures) assert.ok(await holds(note, signature));
  });

  test("in any other form is none", async () => {
    const note = await noteOf(size, root);
    for (const wrong of [note.replace("\n17\n", "\n017\n"), note.replace("\n\n", "\n"), note.slice(0, -1), body(size, root), `${body(size, root)}\n`, note.replace(ORIGIN, "two words"), note.replace("— ", "- "), `x\n${note}`, note.replace("\n\n", "\nmore\n\n"), ""]) {
      await assert.rejects(parseNote(wrong), undefined, JSON.stringify(wrong));
    }
  });

  for (const [what, change] of Object.entries({
    "another size": { size: 18n }, "another root": { root: ROOTS[4] }, "another origin": { origin: "other.example/log" }, "the other role": { primaryType: "LogCosignature" }, "another's name": { named: witness.address },
  })) {
    test(`whose signature is over ${what} has none that holds`, async () => {
      const signed = await line(operator, { size, root, ...change });
      const note = await parseNote(await noteOf(size, root, signed));
      assert.deepEqual(await Promise.all(note.signatures.map((signature) => holds(note, signature))), [false]);
    });
  }

  test("whose signature has an s in the upper half, which anybody can write for some key, has none that holds", async () => {
    const note = await parseNote(await noteOf(size, root));
    const [signature] = note.signatures;
    const s = "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1";
    const message = { origin: ORIGIN, treeSize: size, rootHash: root, time: signature.time };
    const signer = await recoverTypedDataAddress({ domain: DOMAIN, types: { LogCheckpoint: FIELDS }, primaryType: "LogCheckpoint", message, signature: { r: signature.signature.slice(0, 66), s: `0x${s}`, yParity: 0 } });
    assert.ok(!(await holds(note, { ...signature, signer, signature: `${signature.signature.slice(0, 66)}${s}` })));
  });
});

/** Nine leaves, of which the third and the last are of one transfer. */
async function proof(change = {}) {
  const entry = (i, id) => canonical({ at: "2026-01-02T03:04:05.000000Z", change: "insert", key: String(i), kind: "message", row: { amount: "5", messageId: id } });
  const entries = Array.from({ length: 9 }, (_, i) => entry(i, i === 2 || i === 8 ? ID : `0x${String(i).repeat(64)}`));
  const hashes = entries.map((text) => sha(Buffer.from([0]), Buffer.from(text)));
  const root = hex(rootOf(hashes));
  const leaf = (i) => ({ leafIndex: String(i), leafHash: hex(hashes[i]), entry: entries[i], proof: pathOf(hashes, i).map(hex) });
  return { transferId: ID, checkpoint: await noteOf(9n, root), leaves: [leaf(2), leaf(8)], foreign: leaf(3), root, ...change };
}
const failed = async (json, asked = ID, by = operator.address) => allSteps(await checkProof(json, asked, by)).filter(({ state }) => state === "failed").map(({ title }) => title);

describe("a proof", () => {
  test("that holds passes every step, and names its signer", async () => {
    const checked = await checkProof(await proof(), ID, operator.address);
    assert.deepEqual([verdict(allSteps(checked)), checked.leaves.map(({ index }) => index)], ["passed", ["2", "8"]]);
    assert.ok(checked.steps.some(({ detail }) => detail.includes(operator.address)));
  });

  test("leaves the signer to the reader who names nobody", async () => {
    assert.equal(verdict(allSteps(await checkProof(await proof(), ID, ""))), "open");
    assert.deepEqual(await failed(await proof(), ID, ""), []);
  });

  test("by somebody else than the named operator fails", async () => assert.deepEqual(await failed(await proof(), ID, witness.address), ["The signer is the operator whom you name"]));

  for (const [what, alter, title] of [
    ["an altered entry", (p) => { p.leaves[0].entry = p.leaves[0].entry.replace('"amount":"5"', '"amount":"6"'); }, "Its hash is that of its text"],
    ["an altered entry and its hash", (p) => { p.leaves[0].entry = p.leaves[0].entry.replace('"amount":"5"', '"amount":"6"'); p.leaves[0].leafHash = hex(sha(Buffer.from([0]), Buffer.from(p.leaves[0].entry))); }, "It leads to the checkpoint's root"],
    ["an altered hash on the way", (p) => { p.leaves[1].proof[0] = changed(p.leaves[1].proof[0]); }, "It leads to the checkpoint's root"],
    ["another place", (p) => { p.leaves[0].leafIndex = "4"; }, "It leads to the checkpoint's root"],
    ["another transfer's leaf", (p) => { p.leaves[0] = p.foreign; }, "It names the transfer"],
    ["an entry in another form", (p) => { p.leaves[0].entry = p.leaves[0].entry.replace(",", ", "); }, "It is an entry in its one form"],
    ["no leaves", (p) => { p.leaves = []; }, "It has leaves"],
    ["another transfer", (p) => { p.transferId = `0x${"cd".repeat(32)}`; }, "It is a proof of the transfer"],
    ["no checkpoint", (p) => { delete p.checkpoint; }, "The checkpoint can be read"],
    ["a checkpoint of another root", (p) => { p.checkpoint = p.checkpoint.replace(/\n9\n.*\n/, `\n9\n${Buffer.from(hexToBytes(ROOTS[2])).toString("base64")}\n`); }, "The operator's signature holds"],
    ["a leaf that is none", (p) => { p.leaves[0].proof = "0x"; }, "It is a leaf"],
  ]) {
    test(`with ${what} fails at "${title}"`, async () => {
      const json = await proof();
      alter(json);
      assert.ok((await failed(json)).includes(title), JSON.stringify(await failed(json)));
    });
  }

  test("whose whole tree a stranger rebuilt and signed fails by its signer alone", async () => {
    const json = await proof();
    json.checkpoint = await noteOf(9n, json.root, await line(witness, { size: 9n, root: json.root }));
    assert.deepEqual(await failed(json), ["The signer is the operator whom you name"]);
  });

  for (const nonsense of [null, 5, "x", [], {}, { transferId: 5, leaves: [null, {}], checkpoint: 7 }]) {
    test(`that is ${JSON.stringify(nonsense)} fails`, async () => assert.ok((await failed(nonsense)).length > 0));
  }
});

/** An export's manifest as src/Bridge.Core/Transparency/ExportManifest.cs signs it. */
async function manifest(file, change = {}, by = operator) {
  const unsigned = { format: "csv", rows: "1", sha256: hex(sha(Buffer.from(file))), columns: ["transferId"], filters: {}, treeSize: "4", rootHash: ROOTS[3], checkpoint: await noteOf(4n, ROOTS[3]), generatedAt: "2026-01-02T03:04:05.000000Z", build: "1", ...change };
  const signature = compact(await by.signTypedData({ domain: DOMAIN, types: { ExportManifest: [{ name: "sha256", type: "bytes32" }] }, primaryType: "ExportManifest", message: { sha256: hex(sha(Buffer.from(canonical(unsigned)))) } }));
  return { ...unsigned, signer: by.address, signature };
}
const FILE = "transferId\r\n0x12\r\n";
const faults = async (json, file = FILE) => (await checkExport(json, new TextEncoder().encode(file), operator.address)).filter(({ state }) => state === "failed").map(({ title }) => title);

describe("an export", () => {
  test("that is what was signed passes", async () => assert.deepEqual(await faults(await manifest(FILE)), []));
  test("with one byte changed fails", async () => assert.deepEqual(await faults(await manifest(FILE), FILE.replace("12", "13")), ["The file's SHA-256 is the manifest's"]));
  test("whose manifest was changed along with it fails by the signature", async () => {
    const file = FILE.replace("12", "13");
    assert.deepEqual(await faults({ ...(await manifest(FILE)), sha256: hex(sha(Buffer.from(file))) }, file), ["The manifest's signature holds", "The signer is the operator whom you name"]);
  });
  test("with a member that was not signed fails", async () => assert.ok((await faults({ ...(await manifest(FILE)), note: "true" })).includes("The manifest's signature holds")));
  test("signed by a stranger fails", async () => assert.ok((await faults(await manifest(FILE, {}, witness))).includes("The signer is the operator whom you name")));
  test("of a log of another size than its checkpoint's fails", async () => assert.deepEqual(await faults(await manifest(FILE, { treeSize: "5" })), ["Its rows are of a log that the signer signed"]));
  test("of a log that somebody else signed fails", async () => {
    const checkpoint = await noteOf(4n, ROOTS[3], await line(witness, { size: 4n, root: ROOTS[3] }));
    assert.deepEqual(await faults(await manifest(FILE, { checkpoint })), ["The signer is the operator whom you name"]);
  });
  for (const nonsense of [null, undefined, {}, { sha256: 5, signature: "0x" }]) test(`with the manifest ${JSON.stringify(nonsense)} fails`, async () => assert.ok((await faults(nonsense)).length > 1));
});

describe("a reconciliation", () => {
  const asset = { assetId: "1", home: "eip155:1", token: ID.slice(0, 42), isCoin: false, escrow: "100", balance: "100", minted: [{ supply: "60" }, { supply: "20" }], lockedNotMinted: "9", burnedNotReleased: "6", feesHeld: "5", gap: "0" };
  test("of which every part is explained adds up", () => assert.ok(addsUp(asset)));
  test("is computed here, whatever the API states", () => {
    assert.deepEqual(judge({ ...asset, escrow: "101", gap: "1" }), { gap: 1n, agrees: true });
    assert.deepEqual(judge({ ...asset, escrow: "99" }), { gap: -1n, agrees: false });
  });
  for (const [what, part] of [["something missing", { escrow: "99", gap: "-1" }], ["something too much", { escrow: "101", balance: "101", gap: "1" }], ["a gap that is not stated", { escrow: "101", balance: "101" }], ["a gap that only the API sees", { gap: "1" }], ["less than it counts as locked", { balance: "99" }]]) {
    test(`with ${what} does not add up`, () => assert.ok(!addsUp({ ...asset, ...part })));
  }
});

test("an empty filter is not asked for", () => assert.deepEqual(filledIn({ sender: " 0x12 ", asset: "", status: "  " }), { sender: "0x12" }));

test("a verdict is the worst of its steps, and none of no steps passes", () => {
  const steps = (...states) => states.map((state) => ({ title: "", detail: "", state }));
  assert.deepEqual([verdict(steps("passed", "open", "failed")), verdict(steps("passed", "open")), verdict(steps("passed")), verdict([])], ["failed", "open", "passed", "failed"]);
});
