// What is signed in the place of a transaction, and NFTs: whatever differs from what was typed is refused.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { hashTypedData } from "viem";
import { close, load } from "./load.mjs";
import { interoperable as byHand } from "./browser/interoperable.mjs";

const { requireTypedData, LONGEST_SECONDS } = await load("signing/typedData.ts");
const { nftApproval, nftTransfer, requireNftApproval, requireNftTransfer } = await load("signing/nft.ts");
const { readTokenId, judgeNft } = await load("signing/nftOrder.ts");
const { interoperable } = await load("chain/nft.ts");
const { NotWhatWasTyped } = await load("signing/check.ts");
after(close);

const account = (digit) => `0x${String(digit).repeat(40)}`;
const NOW = 1_800_000_000n;
const signed = {
  bridge: account(1), token: account(2), asset: account(2), destination: 10n, assetId: 1, recipient: account(3), amount: 1000n, fee: 10n, value: 0n,
  owner: account(4), source: 8453n, relayerFee: 5n, intents: account(5), permit2: account(6),
};
const fields = (list) => list.split(",").map((field) => field.split(" ")).map(([type, name]) => ({ name, type }));
const DOMAIN = fields("string name,string version,uint256 chainId,address verifyingContract");
const INTENT = fields("address owner,uint256 destinationChainId,uint32 assetId,address recipient,uint128 amount,uint128 fee,uint128 relayerFee,uint256 deadline,uint256 nonce");
const members = () => ({
  owner: account(4), destinationChainId: "10", assetId: "1", recipient: account(3), amount: "1000", fee: "10", relayerFee: "5", deadline: String(NOW + 600n), nonce: "77",
});

const intent = () => ({
  types: { EIP712Domain: DOMAIN, Intent: INTENT }, primaryType: "Intent",
  domain: { name: "Intents", version: "1", chainId: "8453", verifyingContract: account(5) }, message: members(),
});
const permit2 = () => ({
  types: {
    EIP712Domain: fields("string name,uint256 chainId,address verifyingContract"), TokenPermissions: fields("address token,uint256 amount"), Intent: INTENT,
    PermitWitnessTransferFrom: fields("TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,Intent witness"),
  },
  primaryType: "PermitWitnessTransferFrom", domain: { name: "Permit2", chainId: "8453", verifyingContract: account(6) },
  message: { permitted: { token: account(2), amount: "1005" }, spender: account(5), nonce: "77", deadline: String(NOW + 600n), witness: members() },
});
const authorization = () => ({
  types: { EIP712Domain: DOMAIN, ReceiveWithAuthorization: fields("address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce") },
  primaryType: "ReceiveWithAuthorization", domain: { name: "Coin", version: "2", chainId: "8453", verifyingContract: account(2) },
  message: { from: account(4), to: account(5), value: "1005", validAfter: "0", validBefore: String(NOW + 601n), nonce: hashTypedData(intent()) },
});

/** Every member of a value, by its path, with a change of it. */
function* changesOf(value, path = []) {
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === "object") yield* changesOf(member, [...path, key]);
    else yield { path: [...path, key], changed: /^\d+$/.test(member) ? String(BigInt(member) + 1n) : member.startsWith("0x") ? `0x${"9".repeat(member.length - 2)}` : `${member}x` };
  }
}

function withChange(data, path, changed) {
  const copy = structuredClone(data);
  path.slice(0, -1).reduce((at, key) => at[key], copy)[path.at(-1)] = changed;
  return copy;
}

/** What may be anything: nobody else can use another nonce or a token's other name, and deadlines have bounds of their own. */
const FREE = { Intent: ["message.nonce", "message.deadline"], PermitWitnessTransferFrom: [], ReceiveWithAuthorization: ["domain.name", "domain.version"] };

describe("typed data", () => {
  for (const make of [intent, permit2, authorization]) {
    const data = make();
    const extra = make === authorization ? members() : undefined;
    test(`of ${data.primaryType} that says what was typed is signed as it is`, () => assert.deepEqual(requireTypedData(data, extra, signed, NOW), data));

    for (const { path, changed } of changesOf(data)) {
      const name = path.join(".");
      if (FREE[data.primaryType].includes(name)) continue;
      test(`of ${data.primaryType} with another ${name} is refused`, () => assert.throws(() => requireTypedData(withChange(data, path, changed), extra, signed, NOW), NotWhatWasTyped));
    }
    for (const place of ["message", "domain", "types"]) {
      test(`of ${data.primaryType} with a member more in its ${place} is refused`, () => assert.throws(() => requireTypedData(withChange(data, [place, "more"], "1"), extra, signed, NOW), NotWhatWasTyped));
    }
  }

  for (const name of Object.keys(members()).filter((key) => key !== "nonce" && key !== "deadline")) {
    test(`an authorization for an intent with another ${name} is refused`, () => {
      const other = { ...members(), [name]: name.endsWith("er") || name === "recipient" ? account(9) : "9" };
      const data = authorization();
      data.message.nonce = hashTypedData({ ...intent(), message: other });
      assert.throws(() => requireTypedData(data, other, signed, NOW), NotWhatWasTyped);
    });
  }

  test("an authorization that does not say for which intent is refused", () => assert.throws(() => requireTypedData(authorization(), undefined, signed, NOW), NotWhatWasTyped));

  test("a signature that could be used for long is refused, and a number that is none", () => {
    for (const deadline of [String(NOW + LONGEST_SECONDS + 1n), "-1", "soon", 5]) {
      const data = intent();
      data.message.deadline = deadline;
      assert.throws(() => requireTypedData(data, undefined, signed, NOW), NotWhatWasTyped);
    }
  });

  test("an allowance for anybody, by Permit or by Permit2, is refused", () => {
    for (const primaryType of ["Permit", "PermitSingle", "PermitTransferFrom", "TransferWithAuthorization"]) {
      assert.throws(() => requireTypedData({ ...intent(), primaryType }, undefined, signed, NOW), NotWhatWasTyped);
    }
  });
});

const cat = { token: account(1), bridge: account(2), owner: account(3), destination: "918001", recipient: account(4), tokenId: 7n };

describe("an NFT", () => {
  test("is sent as typed", () => {
    requireNftApproval(nftApproval(cat), cat);
    requireNftTransfer(nftTransfer(cat), cat);
  });
  for (const [part, value] of Object.entries({ bridge: account(9), owner: account(9), destination: "918002", recipient: account(9), tokenId: 8n })) {
    test(`with another ${part} is not sent`, () => assert.throws(() => requireNftTransfer(nftTransfer({ ...cat, [part]: value }), cat), NotWhatWasTyped));
  }
  for (const [part, value] of Object.entries({ token: account(9), bridge: account(9), tokenId: 8n })) {
    test(`with another ${part} is not approved`, () => assert.throws(() => requireNftApproval(nftApproval({ ...cat, [part]: value }), cat), NotWhatWasTyped));
  }
  test("pays no coins along", () => {
    assert.throws(() => requireNftTransfer({ ...nftTransfer(cat), value: 1n }, cat), NotWhatWasTyped);
    assert.throws(() => requireNftApproval({ ...nftApproval(cat), value: 1n }, cat), NotWhatWasTyped);
  });
  test("has a number of digits alone", () => {
    assert.deepEqual(["7", " 7 ", "0", "", "-1", "0x7", "1.0", "7a", String(2n ** 256n)].map(readTokenId), [7n, 7n, 0n, undefined, undefined, undefined, undefined, undefined, undefined]);
  });
  test("of somebody else is not sent", () => {
    const chain = (id) => ({ id, name: id, coin: "ETH", bridge: account(8) });
    const end = (id) => ({ chain: id, token: account(1), bridge: account(2) });
    const order = { collection: { name: "Cats", ends: [] }, source: chain("1"), from: end("1"), destination: chain("10"), to: end("10"), tokenId: "7", recipient: account(3) };
    assert.equal(judgeNft(order, account(3), { owner: account(3) }).typed.tokenId, 7n);
    assert.match(judgeNft(order, account(3), { owner: account(4) }).tokenError, /not yours/);
    assert.match(judgeNft(order, account(3), { owner: undefined }).tokenError, /no token 7/);
  });
  test("is addressed on its chain as ERC-7930 says", () => {
    for (const chain of [1, 10, 255, 256, 8453, 918001]) assert.equal(interoperable(String(chain), account(4)), byHand(chain, account(4)));
    assert.equal(interoperable("1"), "0x00010000010100");
  });
});
