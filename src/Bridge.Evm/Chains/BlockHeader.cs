using Bridge.Core;

namespace Bridge.Evm;

/// <summary>What the bridge reads of a block.</summary>
/// <param name="BaseFee">Wei per gas; 0 on chains without EIP-1559.</param>
/// <param name="GasLimit">Gas units of the whole block.</param>
public sealed record BlockHeader(ulong Height, Hash32 Hash, Hash32 Parent, DateTimeOffset Time, UInt128 BaseFee, ulong GasLimit)
{
    public BlockRef Ref => new(Height, Hash);
}
