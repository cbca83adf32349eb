using Bridge.Core;

namespace Bridge.Evm.Tests.Differential;

/// <summary>Lanes, their rolling hashes, and what is signed.</summary>
internal static class HashQuestions
{
    private static readonly AbiFunction LaneId = new("laneId(uint256,address,uint256,address)", "(bytes32)");
    private static readonly AbiFunction InboundId = new("inboundId(uint256,address)", "(bytes32)");
    private static readonly AbiFunction Fold = new("fold(bytes32,bytes[])", "(bytes32[])");
    private static readonly AbiFunction Digest = new("digest(uint64,bytes32,uint64,bytes32)", "(bytes32)");
    private static readonly AbiFunction DigestAt = new("digestAt(uint256,address,uint64,bytes32,uint64,bytes32)", "(bytes32)");
    private static readonly AbiFunction RotationOf = new("rotation(uint64,address[],uint8)", "(bytes,bytes32,bytes32)");

    public static Question Lane(Dice dice, Eip712Domain here)
    {
        var (source, sourceBridge) = (new ChainId(dice.Number64()), dice.Account());
        var to = dice.OneIn(2) ? here : new Eip712Domain(new ChainId(dice.Number64()), dice.Account());
        var ours = RollingHash.LaneId(new Lane(source, to.Chain), sourceBridge, to.VerifyingContract);
        return to == here
            ? One("lane id", InboundId, ours, source.Value, sourceBridge)
            : One("lane id", LaneId, ours, source.Value, sourceBridge, to.Chain.Value, to.VerifyingContract);
    }

    /// <summary>Of any bytes: the hash does not look into messages.</summary>
    public static Question Rolling(Dice dice)
    {
        var start = dice.Hash();
        var messages = Enumerable.Range(0, dice.Length(40)).Select(_ => dice.Bytes(dice.Length(300))).ToArray();
        var (hash, ours) = (start, new List<byte[]>());
        foreach (var message in messages) ours.Add((hash = RollingHash.Fold(hash, message)).ToArray());
        return new Question("rolling hash", Fold.Encode(start, messages), Text(ours), answer => answer.Read(Fold, result => Text(((object[])result[0]).Cast<byte[]>())));
    }

    public static Question Checkpoint(Dice dice, Eip712Domain here)
    {
        var (checkpoint, epoch) = (new Checkpoint(dice.Hash(), new Sequence(dice.Number64()), dice.Hash()), new Epoch(dice.Number64()));
        object[] signed = [epoch.Value, checkpoint.LaneId, checkpoint.Sequence.Value, checkpoint.RollingHash];
        if (dice.OneIn(2)) return One("checkpoint digest", Digest, checkpoint.Digest(here, epoch), signed);
        var there = new Eip712Domain(new ChainId(dice.Number64()), dice.Account());
        return One("checkpoint digest", DigestAt, checkpoint.Digest(there, epoch), [there.Chain.Value, there.VerifyingContract, .. signed]);
    }

    /// <summary>A set, well formed or not, as it is stored, and the rotation to it.</summary>
    public static Question Rotation(Dice dice, Eip712Domain here)
    {
        var epoch = new Epoch(dice.Number64());
        var members = Enumerable.Range(0, SetLength(dice)).Select(_ => new Address(dice.Bytes(Address.Length))).Order().ToArray();
        var least = ValidatorSet.MinimumThreshold(members.Length);
        var threshold = dice.OneIn(4) ? dice.Below(256) : Math.Min(255, least + dice.Below(Math.Max(1, members.Length - least + 1)));
        if (members.Length > 0 && dice.OneIn(4)) members[dice.Below(members.Length)] = dice.OneIn(4) ? default : dice.Pick<Address>(members);
        var ours = ValidatorSet.Fault(members, threshold) is null ? Text(new ValidatorSet(epoch, members, threshold), here) : "refused";
        return new Question($"rotation {(ours == "refused" ? ours : "digest")}", RotationOf.Encode(epoch.Value, members, threshold), ours, answer => answer.Read(RotationOf, Text) switch
        {
            "NoMembers" or "TooManyMembers" or "MembersNotAscending" or "ThresholdTooLow" or "ThresholdTooHigh" => "refused",
            var text => text,
        });
    }

    private static int SetLength(Dice dice) => dice.OneIn(100) ? 240 + dice.Below(20) : dice.OneIn(20) ? 0 : 1 + dice.Length(30);

    private static string Text(ValidatorSet next, Eip712Domain here) =>
        Text([next.ToBlob(), next.MembersHash().ToArray(), new Rotation(next).Digest(here).ToArray()]);

    private static string Text(IEnumerable<object> values) => string.Join('\n', values.Cast<byte[]>().Select(bytes => Hex.Format(bytes)));

    private static Question One(string area, AbiFunction function, Hash32 ours, params object[] arguments) =>
        new(area, function.Encode(arguments), ours.ToString(), answer => answer.Read(function, Text));
}
