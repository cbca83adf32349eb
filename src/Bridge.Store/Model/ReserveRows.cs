using System.ComponentModel.DataAnnotations.Schema;
using System.Numerics;
using Bridge.Core;

namespace Bridge.Store;

public sealed record ReserveStatementRow
{
    public long Id { get; init; }
    public required DateTimeOffset TakenAt { get; init; }

    [Column(TypeName = "jsonb")]
    public required string Document { get; init; }
    public required bool Proven { get; init; }
}

public sealed record ReserveAssetRow
{
    public required long StatementId { get; init; }
    public required AssetId AssetId { get; init; }
    public required BigInteger Escrow { get; init; }
    public required BigInteger Minted { get; init; }
    public required BigInteger Gap { get; init; }
}

public sealed record ReserveSignatureRow
{
    public required long StatementId { get; init; }
    public required Address Signer { get; init; }
    public required CompactSignature Signature { get; init; }
    public required DateTimeOffset SignedAt { get; init; }
}
