import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { assetsBetween, deployment, findChain, tokenOn, type Asset, type Chain, type Token } from "../api/deployment.ts";
import { useLane, type Lane } from "../api/lanes.ts";
import { readFacts } from "../chain/reads.ts";
import { formatAmount } from "../format/amount.ts";
import { lockedOut, type Judged, type Order } from "../signing/order.ts";
import { sendSigned } from "../signing/gasless.ts";
import { send } from "../signing/send.ts";
import { Heading, Notice } from "../ui/parts.tsx";
import { useLoaded, useTitle } from "../ui/hooks.ts";
import { session } from "../wallet/session.ts";
import { AmountField } from "./AmountField.tsx";
import { QuoteCard } from "./QuoteCard.tsx";
import { useQuoted } from "./useQuoted.ts";
import { RecipientField } from "./RecipientField.tsx";
import { RouteFields, type Choice } from "./RouteFields.tsx";
import { SendingForm } from "./SendingForm.tsx";

/** The form: where from, where to, what, how much, for whom; what it costs; and one button. */
export function BridgePage() {
  useTitle("Send");
  const [choice, setChoice] = useState(firstChoice);
  const current = session.value;
  // A wallet that is on one of our chains shows where its owner is.
  useEffect(() => setChoice((before) => followWallet(before, current?.chain)), [current?.chain]);
  useEffect(() => setChoice((before) => (findChain(before.source) && before.asset ? before : followWallet(firstChoice(), current?.chain))), [deployment.value]);

  const [source, destination] = [findChain(choice.source), findChain(choice.destination)];
  const asset = assetsBetween(choice.source, choice.destination).find(({ id }) => id === choice.asset);
  const token = tokenOn(asset, choice.source);
  if (!source || !destination) return <><Heading>Send</Heading><Notice tone="warn">No lane is open yet. The pages show the chains as soon as the watchers have read them.</Notice></>;
  if (!asset || !token) return <Frame><RouteFields choice={choice} setChoice={setChoice} /><Notice tone="warn">No asset can go from {source.name} to {destination.name}.</Notice></Frame>;

  return <Frame><SendForm key={`${choice.source} ${choice.destination} ${choice.asset}`} {...{ source, destination, asset, token, choice, setChoice }} /></Frame>;
}

interface Ends { source: Chain; destination: Chain; asset: Asset; token: Token; choice: Choice; setChoice: (choice: Choice) => void }

function SendForm({ source, destination, asset, token, choice, setChoice }: Ends) {
  const [amount, setAmount] = useState("");
  const [other, setOther] = useState<string | null>(null);
  const [gasless, setGasless] = useState(false);
  const current = session.value;
  const [lane, wayBack] = [useLane(source.id, destination.id), useLane(destination.id, source.id)];
  const onSource = current?.chain === source.id;
  const known = useLoaded(onSource ? `${current.account} ${JSON.stringify(choice)}` : "", () => readFacts(current!.wallet.provider, current!.account, source, destination, asset, token), 4_000);
  const order: Order = { source, destination, assetId: Number(asset.id), token, amount, recipient: other ?? current?.account ?? "" };
  const { quote, route, quoteError, ...quoted } = useQuoted(order, current?.account, known.value, gasless);
  const judged = withWayBack(quoted.judged, lane, wayBack, order);
  const { typed } = judged;

  return (
    <SendingForm
      source={source} destination={destination} button={label(order)} first="amount" obstacle={judged.obstacle} unreadable={known.error}
      send={typed && ((say) => (gasless ? sendSigned(order, typed, quote!, route!, say) : send(order, asset, typed, route, say)))}
      text={typed ? `${formatAmount(typed.amount, token.decimals)} ${token.symbol}` : ""}
    >
      <RouteFields choice={choice} setChoice={setChoice} />
      <AmountField token={token} amount={amount} setAmount={setAmount} judged={judged} facts={known.value} />
      <RecipientField other={other} setOther={setOther} account={current?.account} destination={destination} error={judged.recipientError} />
      {source.gasless && token.mode !== "native" && (
        <div class="check">
          <input id="gasless" type="checkbox" checked={gasless} onChange={(event) => setGasless(event.currentTarget.checked)} />
          <label for="gasless">Pay no gas: sign, and somebody sends it for a fee in {token.symbol}</label>
        </div>
      )}
      <QuoteCard order={order} judged={judged} lane={lane} route={route} />
      {quoteError && <Notice tone="warn">{quoteError}</Notice>}
    </SendingForm>
  );
}

function withWayBack(judged: Judged, lane: Lane | undefined, wayBack: Lane | undefined, order: Order): Judged {
  const { typed, ...rest } = judged;
  const listed = (one: Lane | undefined) => one?.assets.find(({ assetId }) => assetId === String(order.assetId));
  const amountError = typed && lockedOut(typed.amount, listed(lane), listed(wayBack), order);
  return amountError ? { ...rest, amountError } : judged;
}

const Frame = ({ children }: { children: ComponentChildren }) => <section class="card form"><Heading>Send</Heading>{children}</section>;

const label = ({ amount, token, destination }: Order): string =>
  amount.trim() === "" ? `Send ${token.symbol}` : `Send ${amount.trim()} ${token.symbol} to ${destination.name}`;

function firstChoice(): Choice {
  const [lane] = deployment.value?.lanes ?? [];
  const [source, destination] = [lane?.source ?? "", lane?.destination ?? ""];
  return { source, destination, asset: assetsBetween(source, destination)[0]?.id ?? "" };
}

function followWallet(choice: Choice, chain: string | undefined): Choice {
  if (!chain || chain === choice.source) return choice;
  const lanes = (deployment.value?.lanes ?? []).filter((lane) => lane.source === chain);
  const lane = lanes.find(({ destination }) => destination === choice.destination) ?? lanes[0];
  if (!lane) return choice;
  const assets = assetsBetween(lane.source, lane.destination);
  return { ...lane, asset: (assets.find(({ id }) => id === choice.asset) ?? assets[0])?.id ?? "" };
}
