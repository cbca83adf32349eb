using Bridge.Core;

namespace Bridge.Evm;

/// <summary>One event log of a mined block.</summary>
/// <param name="LogIndex">Position in the block, from 0.</param>
public sealed record LogEntry(
    Address Emitter, IReadOnlyList<Hash32> Topics, byte[] Data, BlockRef Block, Hash32 Transaction, uint LogIndex);
