using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>A change of a role or a setting since the deployment.</summary>
/// <param name="Text">As a person approves it: chain, event, and the values that matter.</param>
public sealed record AuthorityChange(string Text, BlockRef Block, Hash32 Transaction)
{
    /// <summary>
    /// Events by which somebody gets a power or a bound moves, and how many of their values say it. What guardians, fee oracles and the
    /// validators' quorum do within their rights is not among them.
    /// </summary>
    private static readonly Dictionary<Hash32, (string Name, int Values)> Known = new (string Signature, int Values)[]
    {
        ("RoleGranted(uint64,address,uint32,uint48,bool)", 3), ("RoleRevoked(uint64,address)", 2), ("RoleAdminChanged(uint64,uint64)", 2),
        ("RoleGuardianChanged(uint64,uint64)", 2), ("RoleGrantDelayChanged(uint64,uint32,uint48)", 2), ("TargetClosed(address,bool)", 2),
        ("TargetFunctionRoleUpdated(address,bytes4,uint64)", 3), ("TargetAdminDelayUpdated(address,uint32,uint48)", 2), ("AuthorityUpdated(address)", 1),
        ("LaneOpened(uint256,address,bytes32,bytes32)", 2), ("AssetRegistered(uint32,address,uint8)", 3), ("InboundLimitSet(uint32,(uint128,uint32))", 3),
        ("OutboundLimitSet(uint32,(uint128,uint32))", 3), ("HoldSet(uint32,uint128,uint24)", 3), ("HandoverAnnounced(uint32,address,uint64)", 2),
        ("HandedOver(uint32,address,uint256)", 3), ("HandoverExpected(uint32,address)", 2), ("HandoverReceived(uint32,address,uint256)", 3),
        ("FeeBoundsSet(uint32,uint256,(uint128,uint128,uint128,uint64,uint64),(uint128,uint128,uint128,uint64,uint64))", 12),
        ("BridgeAnnounced(address,(uint128,uint32),uint64)", 3), ("BridgeSet(address,(uint128,uint32))", 3),
    }.ToDictionary(e => Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(e.Signature)), e => (e.Signature[..e.Signature.IndexOf('(', StringComparison.Ordinal)], e.Values));

    /// <param name="logs">Of the Bridge, its AccessManager and the tokens that it may mint, in any order.</param>
    /// <param name="deployment">The block in which the Bridge was configured: what came with it or before was the deployment.</param>
    public static IReadOnlyList<AuthorityChange> Since(ChainId chain, IEnumerable<LogEntry> logs, ulong deployment) =>
    [
        .. from log in logs
           where log.Block.Height > deployment && log.Topics.Count > 0 && Known.ContainsKey(log.Topics[0])
           let known = Known[log.Topics[0]]
           orderby log.Block.Height, log.LogIndex
           select new AuthorityChange($"{chain} {known.Name} {string.Join(' ', Values(log).Take(known.Values))}", log.Block, log.Transaction),
    ];

    private static IEnumerable<string> Values(LogEntry log) => log.Topics.Skip(1).Select(topic => topic.ToArray()).Concat(log.Data.Chunk(32))
        .Select(word => "0x" + new BigInteger(word, isUnsigned: true, isBigEndian: true).ToString("x", System.Globalization.CultureInfo.InvariantCulture).TrimStart('0').PadLeft(1, '0'));
}
