using Bridge.Core;

namespace Bridge.Evm;

/// <summary>The outcome of a mined transaction, as one endpoint tells it; the block may still be reorganised away.</summary>
/// <param name="EffectiveGasPrice">Wei per gas.</param>
public sealed record TransactionReceipt(
    Hash32 Transaction, BlockRef Block, bool Succeeded, ulong GasUsed, UInt128 EffectiveGasPrice, IReadOnlyList<LogEntry> Logs);
