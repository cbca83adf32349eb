using System.Numerics;
using Bridge.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bridge.Store;

/// <summary>How the core's types are stored, for every entity at once.</summary>
internal static class Converters
{
    public static void Use(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<ChainId>().HaveConversion<ChainIdConverter>();
        conventions.Properties<Sequence>().HaveConversion<SequenceConverter>();
        conventions.Properties<Epoch>().HaveConversion<EpochConverter>();
        conventions.Properties<AssetId>().HaveConversion<AssetIdConverter>();
        conventions.Properties<Hash32>().HaveConversion<HashConverter>();
        conventions.Properties<Address>().HaveConversion<AddressConverter>();
        conventions.Properties<CompactSignature>().HaveConversion<SignatureConverter>();
        conventions.Properties<UInt128>().HaveConversion<AmountConverter>().HaveColumnType("numeric(39,0)");
        conventions.Properties<ulong>().HaveConversion<NumberConverter>();
        conventions.Properties<uint>().HaveConversion<SmallConverter>();
        conventions.Properties<MessageKind>().HaveConversion<KindConverter>();
        conventions.Properties<TransferStatus>().HaveConversion<string>();
        conventions.Properties<DeliveryEventKind>().HaveConversion<string>();
        conventions.Properties<TransferEvent>().HaveConversion<string>();
        conventions.Properties<SubmissionStatus>().HaveConversion<string>();
        conventions.Properties<RequestKind>().HaveConversion<string>();
        conventions.Properties<RequestOutcome>().HaveConversion<string>();
    }

    private sealed class ChainIdConverter() : ValueConverter<ChainId, long>(v => Sql.Big(v.Value), v => new ChainId(checked((ulong)v)));
    private sealed class SequenceConverter() : ValueConverter<Sequence, long>(v => Sql.Big(v.Value), v => new Sequence(checked((ulong)v)));
    private sealed class EpochConverter() : ValueConverter<Epoch, long>(v => Sql.Big(v.Value), v => new Epoch(checked((ulong)v)));
    private sealed class AssetIdConverter() : ValueConverter<AssetId, long>(v => v.Value, v => new AssetId(checked((uint)v)));
    private sealed class HashConverter() : ValueConverter<Hash32, byte[]>(v => v.ToArray(), v => new Hash32(v));
    private sealed class AddressConverter() : ValueConverter<Address, byte[]>(v => v.ToArray(), v => new Address(v));
    private sealed class SignatureConverter() : ValueConverter<CompactSignature, byte[]>(v => v.ToArray(), v => new CompactSignature(v));
    private sealed class AmountConverter() : ValueConverter<UInt128, BigInteger>(v => (BigInteger)v, v => checked((UInt128)v));
    private sealed class NumberConverter() : ValueConverter<ulong, long>(v => Sql.Big(v), v => checked((ulong)v));
    private sealed class SmallConverter() : ValueConverter<uint, long>(v => v, v => checked((uint)v));
    private sealed class KindConverter() : ValueConverter<MessageKind, short>(v => (short)v, v => (MessageKind)v);
}
