using System.Text.Json;
using Bridge.Benchmarks.Measuring;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Watch;

namespace Bridge.Benchmarks.Certify;

/// <summary>
/// From a node's answer to a certificate, without a database: a validator decodes, folds, compares and signs; a relayer judges every
/// attestation, assembles the certificate and judges it as the contract will. Every processor works on lanes of its own.
/// </summary>
internal static class CertifyBench
{
    private const int LaneCount = 16;
    private const double Target = 100_000;

    private static readonly Uri Node = new("http://127.0.0.1");
    private static readonly int[] Loads = [1, 10, 100, 1000];

    public static IEnumerable<Figure> Run(Rounds rounds)
    {
        foreach (var (members, threshold) in new[] { (5, 4), (19, 13) })
        {
            using var bridge = new SyntheticBridge(members, threshold);
            foreach (var load in Loads)
            {
                var stretches = SyntheticBridge.Lanes(LaneCount).SelectMany(lane => Stretches(bridge, lane, load)).ToList();
                var folds = stretches.Select(stretch => (stretch.Before.RollingHash, (IReadOnlyList<byte[]>)[.. Sent(stretch).Select(sent => sent.Wire)])).ToList();
                var isTarget = load == Loads[^1];
                var pairs = rounds.Measure(count => Spread(stretches, count, stretch => Certify(stretch, bridge)), count => Spread(folds, count, fold => RollingHash.Fold(fold.RollingHash, fold.Item2)));
                yield return new Figure(
                    $"certify {threshold} of {members}, {load} messages a checkpoint", "messagesPerSecond", [.. pairs.Select(pair => new RatePair(pair.Rate * load, pair.Bound * load))],
                    "folding alone", isTarget ? "100,000/s" : null, isTarget ? (rate, _) => rate >= Target : null);
            }
        }
    }

    private static List<Stretch> Stretches(SyntheticBridge bridge, Lane lane, int load)
    {
        var made = new List<Stretch>();
        for (var state = new LaneState(Sequence.None, RollingHash.LaneId(lane, bridge.Contract, bridge.Contract)); made.Count < 4; state = made[^1].After) made.Add(Stretch.Make(bridge, lane, state, load));
        return made;
    }

    private static void Spread<T>(List<T> items, int count, Action<T> act) => Parallel.For(0, Environment.ProcessorCount, processor =>
    {
        for (var n = processor; n < count; n += Environment.ProcessorCount) act(items[n % items.Count]);
    });

    private static void Certify(Stretch stretch, SyntheticBridge bridge)
    {
        var mine = Attest(stretch, bridge);
        var signatures = new Dictionary<Address, CompactSignature>();
        foreach (var attestation in stretch.Others.Append(mine))
        {
            var verdict = AttestationCheck.Judge(attestation, stretch.LaneId, bridge.Domain(stretch.Lane), bridge.Set, out var signer);
            if (verdict is not AttestationVerdict.Counts) throw new InvalidOperationException($"an attestation is {verdict}");
            signatures.Add(signer, attestation.Signature);
        }
        var certificate = Certificate.TryAssemble(bridge.Set, signatures) ?? throw new InvalidOperationException("no quorum");
        var judged = CertificateCheck.Judge(certificate, mine.Checkpoint, bridge.Domain(stretch.Lane), bridge.Set);
        if (judged is not CertificateVerdict.Ok) throw new InvalidOperationException($"the certificate is {judged}");
    }

    private static Attestation Attest(Stretch stretch, SyntheticBridge bridge)
    {
        var folded = LaneFold.Extend(stretch.Lane, stretch.Before, Sent(stretch));
        LaneFold.Confirm(stretch.Lane, folded, stretch.After, 1);
        var checkpoint = new Checkpoint(stretch.LaneId, folded.Sequence, folded.RollingHash);
        return new Attestation(stretch.Lane, checkpoint, bridge.Set.Epoch, bridge.Signers[0].Sign(checkpoint.Digest(bridge.Domain(stretch.Lane), bridge.Set.Epoch)));
    }

    private static List<MessageSent> Sent(Stretch stretch)
    {
        using var answer = JsonDocument.Parse(stretch.Answer);
        var sent = new List<MessageSent>();
        foreach (var log in answer.RootElement.EnumerateArray())
        {
            if (!BridgeEvents.TryDecode(NodeRead.Log(Node, log), out var decoded) || decoded is not MessageSent message) throw new InvalidOperationException("a log is no message");
            if (!MessageCodec.TryDecode(message.Wire, out _, out var fault)) throw new InvalidOperationException($"a message is {fault}");
            sent.Add(message);
        }
        return sent;
    }
}
