using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>A rotation that waits: the set, and when anybody may put it in force.</summary>
public sealed record PendingRotation(ValidatorSet Set, DateTimeOffset ReadyAt);

/// <summary>How one validator set follows another.</summary>
public sealed partial class BridgeContract
{
    private static readonly AbiFunction NextEpoch = new("nextEpoch()", "(uint64)");
    private static readonly AbiFunction Pending = new("pendingRotation()", "(uint64,uint64,address[],uint8)");
    private static readonly AbiFunction Overlap = new("overlap()", "(uint64,uint64)");

    /// <summary>The epoch that an order of a rotation must name; none is used twice.</summary>
    public async Task<Epoch> NextEpochAsync(CancellationToken ct) => new((ulong)(BigInteger)(await ViewAsync(NextEpoch, [], null, ct))[0]);

    /// <summary>Null when none is ordered.</summary>
    public async Task<PendingRotation?> PendingRotationAsync(CancellationToken ct)
    {
        var pending = await ViewAsync(Pending, [], null, ct);
        return (BigInteger)pending[0] == 0
            ? null
            : new PendingRotation(
                new ValidatorSet(new Epoch((ulong)(BigInteger)pending[0]), [.. ((object[])pending[2]).Cast<Address>()], (int)(BigInteger)pending[3]),
                DateTimeOffset.FromUnixTimeSeconds((long)(BigInteger)pending[1]));
    }

    /// <summary>The epoch before the current one, and until when its certificates still count; a time that is past where they do not.</summary>
    public async Task<(Epoch Epoch, DateTimeOffset Until)> OverlapAsync(CancellationToken ct)
    {
        var overlap = await ViewAsync(Overlap, [], null, ct);
        return (new Epoch((ulong)(BigInteger)overlap[0]), DateTimeOffset.FromUnixTimeSeconds((long)(BigInteger)overlap[1]));
    }
}
