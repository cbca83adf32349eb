using System.Numerics;
using Bridge.Core;

namespace Bridge.Audit;

/// <summary>What a Bridge says it paid, held against what the tokens say, transaction by transaction.</summary>
internal static class Payments
{
    private sealed record Claim(LaneEvidence Lane, SentMessage Sent, Address Collector);

    public static IReadOnlyList<string> Judge(ChainEvidence chain, IReadOnlyList<LaneEvidence> inbound, ref int settled)
    {
        var faults = new List<string>();
        var tokens = chain.Assets.Where(a => a.Asset.Mode != "native").ToDictionary(a => a.Asset.Id, a => a.Asset.Token);
        var minted = chain.Assets.Where(a => !a.IsHome).Select(a => a.Asset.Token).ToHashSet();
        var claims = inbound.SelectMany(lane => lane.Arrivals.Values.Where(a => a.Effect is not null && lane.Sent.ContainsKey(a.Sequence))
            .Select(a => (Transaction: a.Effect!.Value, Claim: new Claim(lane, lane.Sent[a.Sequence], a.Collector)))).ToLookup(x => x.Transaction, x => x.Claim);
        var payouts = chain.Moves.Where(m => m.Amount > 0 && m.From == (minted.Contains(m.Token) ? default : chain.Bridge)).ToLookup(m => m.Transaction);

        settled += claims.Sum(group => group.Count());
        foreach (var transaction in claims.Select(g => g.Key).Union(payouts.Select(g => g.Key)))
            faults.AddRange(Judge(chain.Chain, transaction, [.. claims[transaction].Where(c => tokens.ContainsKey(c.Sent.Message.Asset))], [.. payouts[transaction]], tokens));
        return faults;
    }

    private static IEnumerable<string> Judge(
        ChainId chain, Hash32 transaction, IReadOnlyList<Claim> claims, List<TokenMove> payouts, Dictionary<AssetId, Address> tokens)
    {
        var fees = new Dictionary<(Address Token, Address To), BigInteger>();
        foreach (var claim in claims)
        {
            var message = claim.Sent.Message;
            var token = tokens[message.Asset];
            Owe(fees, (token, claim.Collector), message.Fee);
            if (message.Net == 0) continue;
            // Who forgoes a fee leaves it to the recipient, in one payment of both or in two.
            var found = payouts.FindIndex(p => p.Token == token && p.To == message.Recipient && p.Amount == (BigInteger)message.Net);
            if (found >= 0) payouts.RemoveAt(found);
            else yield return $"chain {chain}: {transaction} took the effect of message {claim.Sent.Sequence} of lane {claim.Lane.Lane} and did not pay {message.Net} to {message.Recipient}";
        }
        foreach (var payout in payouts) Owe(fees, (payout.Token, payout.To), -payout.Amount);
        foreach (var ((token, to), owed) in fees.Where(f => f.Value != 0))
            yield return owed > 0
                ? $"chain {chain}: {transaction} paid {to} {owed} too little of {token} in fees"
                : $"chain {chain}: {transaction} paid {to} {-owed} of {token} that no message explains";
    }

    private static void Owe(Dictionary<(Address, Address), BigInteger> fees, (Address, Address) whom, BigInteger amount) =>
        fees[whom] = fees.GetValueOrDefault(whom) + amount;
}
