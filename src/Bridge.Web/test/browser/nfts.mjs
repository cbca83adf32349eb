// An NFT, through the collection's own bridge.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeFunctionData, encodeFunctionData, getAddress, parseAbi } from "viem";
import { connect, PHONE, requireAccessible, requireFits, visit } from "./browser.mjs";
import { interoperable } from "./interoperable.mjs";
import { arrived, browser, person, until, world } from "./scene.mjs";
import { snapshot } from "./snapshot.mjs";

const CATS = parseAbi(["function mint(address to, uint256 id)", "function ownerOf(uint256 tokenId) view returns (address)", "function approve(address to, uint256 tokenId)"]);
const CARRIER = parseAbi(["function crosschainTransferFrom(address from, bytes to, uint256 tokenId)"]);
const CAT = 7n;

const ownerOn = (chain, tokenId) => world.chains[chain].client.readContract({ address: world.cats[chain].token, abi: CATS, functionName: "ownerOf", args: [tokenId] });

test("an NFT goes to the other chain, where it is its owner's, and comes back", { timeout: 400_000 }, async () => {
  const wallet = await person(6);
  const owner = wallet.account.address;
  await wallet.send({ to: world.cats.alpha.token, data: encodeFunctionData({ abi: CATS, functionName: "mint", args: [owner, CAT] }) });
  const { page, faults, close } = await visit(browser, world.url, { wallet, path: "/nft", size: PHONE });
  await connect(page);
  await page.getByLabel("Number of the token").fill("8");
  await page.getByText("There is no token 8 on alpha.").waitFor();
  await page.getByLabel("Number of the token").fill(String(CAT));
  await page.getByText("Cats 7 is yours.").waitFor();
  await requireAccessible(page);
  await requireFits(page);
  await snapshot(page, "nft-phone");
  await page.getByRole("button", { name: "Send Cats 7 to beta" }).click();
  await arrived(page);
  await requireAccessible(page);
  assert.equal(await ownerOn("beta", CAT), owner);

  const [approval, sending] = wallet.asked;
  assert.deepEqual(decodeFunctionData({ abi: CATS, data: approval.data }).args, [getAddress(world.cats.alpha.bridge), CAT]);
  const [from, to, tokenId] = decodeFunctionData({ abi: CARRIER, data: sending.data }).args;
  assert.deepEqual([from, to, tokenId], [owner, interoperable(world.chains.beta.id, owner), CAT]);

  await page.getByRole("link", { name: "NFTs" }).click();
  await page.getByLabel("From").selectOption({ label: "beta" });
  await page.getByRole("button", { name: "Switch to beta" }).click();
  await page.getByLabel("Number of the token").fill(String(CAT));
  await page.getByText("Cats 7 is yours.").waitFor();
  await page.getByRole("button", { name: "Send Cats 7 to alpha" }).click();
  await arrived(page);
  assert.equal(wallet.asked.length, 3, "its form on another chain needs no approval");
  await until(async () => (await ownerOn("alpha", CAT)) === owner, "the cat to be home");
  assert.deepEqual(faults, []);
  await close();
});

test("a collection whose contract leads elsewhere is refused, whatever the deployment says", { timeout: 120_000 }, async () => {
  const wallet = await person(6);
  const { page, close } = await visit(browser, world.url, { wallet, path: "/nft" });
  await page.route("**/pages/deployment.json", async (route) => {
    const response = await route.fetch();
    const deployment = await response.json();
    for (const end of deployment.nfts[0].ends) if (end.chain === String(world.chains.beta.id)) end.bridge = world.people[4].account.address;
    await route.fulfill({ response, json: deployment });
  });
  await page.reload();
  await connect(page);
  await page.getByRole("alert").filter({ hasText: "does not lead to beta through this Bridge" }).waitFor();
  assert.ok(await page.getByRole("button", { name: /^Send Cats/ }).isDisabled());
  await close();
});
