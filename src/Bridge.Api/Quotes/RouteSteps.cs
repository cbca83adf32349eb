using System.Globalization;
using Bridge.Api.Transfers;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Quotes;

/// <param name="Intent">What is signed, where a submitter sends it, and how; null for the sender's own transactions.</param>
internal sealed record Steps(IReadOnlyList<StepBody> List, CallsBody? Calls, ulong Gas, SignedIntent? Intent);

/// <summary>What the sender does: transactions, signatures, and which of them in one go.</summary>
internal sealed class RouteSteps(QuoteData data, Guid quoteId, DateTimeOffset expiresAt)
{
    /// <summary>After the quote's end, in which a submitter may still have it mined.</summary>
    private static readonly TimeSpan SubmissionTime = TimeSpan.FromMinutes(15);

    // contracts/snapshots/GasTest.json, "send" and its kin, and a tenth.
    private const ulong ApproveGas = 51_000, SendGas = 71_000, PermitSendGas = 210_000, CallGasPerByte = 40;

    private QuoteRequest Request => data.Request;
    private ulong Deadline => (ulong)expiresAt.Add(SubmissionTime).ToUnixTimeSeconds();

    public Steps Of(PricedRoute route)
    {
        if (Request.From is not { } from) return new Steps([], null, 0, null);
        if (route.Submission is not null) return Signed(route, from);
        var steps = Request.Permit is PermitKind.Erc2612 && route.Legs.Count == 1 && Permit(route.Legs[0], from) is { } permit
            ? permit
            : route.Legs.SelectMany((leg, i) => Transactions(leg, first: i == 0)).ToList();
        var first = steps.Where(step => step.Chain == steps[0].Chain).ToList();
        return new Steps(steps, first.Count > 1 && first.All(step => step is { Kind: "transaction", Append: null }) ? Calls(first, from) : null, Gas(steps), null);
    }

    private IEnumerable<StepBody> Transactions(Leg leg, bool first)
    {
        var (source, bridge, asset) = (leg.Way.SourceChain, data.Chains[leg.Way.SourceChain].Bridge, data.Assets[leg.Way.SourceChain]);
        var allowed = first && data.Sender?.ToBridge >= leg.Amount;
        if (asset.Mode == "lock" && !allowed)
            yield return Transaction(source, $"Let the Bridge take {leg.Amount} base units of {asset.Symbol}.", asset.Token, SenderCalls.Approve(bridge, leg.Amount));
        yield return Transaction(source, $"Send {leg.Amount} base units of {asset.Symbol} to {leg.Recipient} on chain {leg.Way.DestinationChain}, {leg.Fee.Amount} of them as fee.",
            bridge, Send(leg), asset.Mode == "native" ? leg.Amount : 0);
    }

    private byte[] Send(Leg leg) => leg.Call is { } call
        ? SenderCalls.SendCall(leg.Way.DestinationChain, new Message(MessageKind.Call, Request.Asset, leg.Recipient!.Value, leg.Amount, leg.Fee.Amount, leg.Sender!.Value, call))
        : SenderCalls.Send(leg.Way.DestinationChain, Request.Asset, leg.Recipient!.Value, leg.Amount, leg.Fee.Amount);

    /// <summary>One transaction and a signature in the place of two transactions; null where the token or this chain does not know them.</summary>
    private List<StepBody>? Permit(Leg leg, Address from)
    {
        var (source, asset) = (leg.Way.SourceChain, data.Assets[leg.Way.SourceChain]);
        if (leg.Call is not null || data.Signing is not { Permit: true } signing || data.Chains[source].Intents is not { } intents || data.Sender?.PermitNonce is not { } nonce) return null;
        var intent = Intent(leg, from, 0, 0);
        return
        [
            new("typedData", Format.Caip2(source), $"Sign that the Intents contract may take {leg.Amount} base units of {asset.Symbol}, for this transfer.",
                TypedData: TypedData.Permit(from, intents, leg.Amount, nonce, Deadline, source, asset.Token, signing.Name, signing.Version)),
            Transaction(source, $"Send {leg.Amount} base units of {asset.Symbol} to {leg.Recipient} on chain {leg.Way.DestinationChain}, {leg.Fee.Amount} of them as fee.",
                intents, SenderCalls.SendWithPermitPrefix(intent, Deadline)) with { Append = "signature" },
        ];
    }

    private Steps Signed(PricedRoute route, Address from)
    {
        var (leg, source) = (route.Legs[0], route.Legs[0].Way.SourceChain);
        var (chain, asset) = (data.Chains[source], data.Assets[source]);
        var intent = Intent(leg, from, route.Submission!.Amount, NewNonce());
        var method = Method(intent.Total);
        var steps = new List<StepBody>();
        var (spender, allowance) = method is SubmitMethod.Permit2 ? (chain.Permit2!.Value, data.Sender?.ToPermit2) : (chain.Intents!.Value, data.Sender?.ToIntents);
        if (method is not SubmitMethod.Authorization && !(allowance >= intent.Total))
            steps.Add(Transaction(source, $"Once, and with gas of your own: let {(method is SubmitMethod.Permit2 ? "Permit2" : "the Intents contract")} take {asset.Symbol}.", asset.Token, SenderCalls.Approve(spender, intent.Total)));
        steps.Add(new StepBody("typedData", Format.Caip2(source),
            $"Sign the transfer of {leg.Amount} base units of {asset.Symbol} to {leg.Recipient} on chain {leg.Way.DestinationChain}, and {intent.RelayerFee} more for whoever submits it.",
            TypedData: ToSign(method, intent, source, chain, asset), Intent: method is SubmitMethod.Authorization ? TypedData.Members(intent) : null));
        steps.Add(new StepBody("submit", Format.Caip2(source), "Hand the signature in; a submitter sends it. Until then nothing has left you.",
            Submit: new SubmitBody("POST", "/v1/transfers", quoteId.ToString(), route.Id)));
        return new Steps(steps, null, Gas(steps), new SignedIntent(source, chain.Intents!.Value, method, intent));
    }

    private TypedDataBody ToSign(SubmitMethod method, TransferIntent intent, ChainId source, ChainStateRow chain, AssetRow asset) => method switch
    {
        SubmitMethod.Permit2 => TypedData.Permit2(intent, source, chain.Intents!.Value, chain.Permit2!.Value, asset.Token),
        SubmitMethod.Authorization => TypedData.Authorization(intent, source, chain.Intents!.Value, asset.Token, data.Signing!.Name, data.Signing.Version),
        _ => TypedData.Intent(intent, source, chain.Intents!.Value),
    };

    /// <summary>What the caller asked for; else whatever needs no transaction before.</summary>
    private SubmitMethod Method(UInt128 total) => Request.Permit switch
    {
        PermitKind.Erc3009 => SubmitMethod.Authorization,
        PermitKind.Permit2 => SubmitMethod.Permit2,
        PermitKind.None => SubmitMethod.Allowance,
        _ when data.Signing is { TransferAuthorization: true } => SubmitMethod.Authorization,
        _ when !(data.Sender?.ToIntents >= total) && data.Sender?.ToPermit2 >= total => SubmitMethod.Permit2,
        _ => SubmitMethod.Allowance,
    };

    private TransferIntent Intent(Leg leg, Address from, UInt128 relayerFee, UInt128 nonce) =>
        new(from, leg.Way.DestinationChain, Request.Asset, leg.Recipient!.Value, leg.Amount, leg.Fee.Amount, relayerFee, Deadline, nonce);

    private static UInt128 NewNonce() => new(0, System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)));

    private ulong Gas(IEnumerable<StepBody> steps) => steps.Where(step => step.Kind == "transaction" && step.Chain == Format.Caip2(Request.Lane.Source)).Aggregate(0ul,
        (sum, step) => sum + (step.Append is not null ? PermitSendGas : step.Describe.StartsWith("Send", StringComparison.Ordinal) ? SendGas + (CallGasPerByte * (ulong)(Request.Call?.Payload.Length ?? 0)) : ApproveGas));

    private static StepBody Transaction(ChainId chain, string describe, Address to, byte[] data, UInt128 value = default) => new(
        "transaction", Format.Caip2(chain), describe, to.ToString(), Hex.Format(data), value.ToString(CultureInfo.InvariantCulture));

    private CallsBody Calls(IEnumerable<StepBody> steps, Address from) => new(
        "2.0.0", string.Create(CultureInfo.InvariantCulture, $"0x{Request.Lane.Source.Value:x}"), from.ToString(), true,
        [.. steps.Select(step => new WalletCallBody(step.To!, step.Data!, string.Create(CultureInfo.InvariantCulture, $"0x{UInt128.Parse(step.Value!, CultureInfo.InvariantCulture):x}")))]);
}
