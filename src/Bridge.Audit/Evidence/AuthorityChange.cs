using System.Globalization;
using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>A change of a role or a setting since the deployment.</summary>
/// <param name="Text">As a person approves it: chain, event, and the values that matter.</param>
public sealed record AuthorityChange(string Text, BlockRef Block, Hash32 Transaction)
{
    /// <summary>
    /// Events by which somebody gets a power or a bound moves, how many of their values say it (the indexed ones come first), and which of these
    /// is an account. What guardians, fee oracles and the validators' quorum do within their rights is not among them.
    /// </summary>
    private static readonly Dictionary<Hash32, (string Name, int Values, int Account)> Known = new (string Signature, int Values, int Account)[]
    {
        ("RoleGranted(uint64,address,uint32,uint48,bool)", 3, 1), ("RoleRevoked(uint64,address)", 2, 1), ("RoleAdminChanged(uint64,uint64)", 2, None),
        ("RoleGuardianChanged(uint64,uint64)", 2, None), ("RoleGrantDelayChanged(uint64,uint32,uint48)", 2, None), ("TargetClosed(address,bool)", 2, 0),
        ("TargetFunctionRoleUpdated(address,bytes4,uint64)", 3, 0), ("TargetAdminDelayUpdated(address,uint32,uint48)", 2, 0), ("AuthorityUpdated(address)", 1, 0),
        ("LaneOpened(uint256,address,bytes32,bytes32)", 2, 1), ("AssetRegistered(uint32,address,uint8)", 3, 1), ("InboundLimitSet(uint32,(uint128,uint32))", 3, None),
        ("OutboundLimitSet(uint32,(uint128,uint32))", 3, None), ("HoldSet(uint32,uint128,uint24)", 3, None), ("HandoverAnnounced(uint32,address,uint64)", 2, 1),
        ("HandedOver(uint32,address,uint256)", 3, 1), ("HandoverExpected(uint32,address)", 2, 1), ("HandoverReceived(uint32,address,uint256)", 3, 1),
        ("FeeBoundsSet(uint32,uint256,(uint128,uint128,uint128,uint64,uint64),(uint128,uint128,uint128,uint64,uint64))", 12, None),
        ("BridgeAnnounced(address,(uint128,uint32),uint64)", 3, 0), ("BridgeSet(address,(uint128,uint32))", 3, 0),
    }.ToDictionary(e => Keccak256.Hash(e.Signature), e => (e.Signature[..e.Signature.IndexOf('(', StringComparison.Ordinal)], e.Values, e.Account));

    private const int None = -1;

    /// <param name="logs">Of the Bridge, its AccessManager and the tokens that it may mint, in any order.</param>
    /// <param name="deployment">The block in which the Bridge was configured: what came with it or before was the deployment.</param>
    public static IReadOnlyList<AuthorityChange> Since(ChainId chain, IEnumerable<LogEntry> logs, ulong deployment) =>
    [
        .. from log in logs
           where log.Block.Height > deployment && log.Topics.Count > 0 && Known.ContainsKey(log.Topics[0])
           let known = Known[log.Topics[0]]
           orderby log.Block.Height, log.LogIndex
           select new AuthorityChange($"{chain} {known.Name} {string.Join(' ', Words(log).Take(known.Values).Select((word, i) => Print(word, i == known.Account)))}", log.Block, log.Transaction),
    ];

    private static IEnumerable<byte[]> Words(LogEntry log) => log.Topics.Skip(1).Select(topic => topic.ToArray()).Concat(log.Data.Chunk(32));

    private static string Print(byte[] word, bool account) => account
        ? new Address(word.AsSpan(word.Length - Address.Length)).ToString()
        : "0x" + new BigInteger(word, isUnsigned: true, isBigEndian: true).ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(1, '0');
}
