using System.Buffers.Text;
using System.Buffers.Binary;
using System.Text;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

/// <summary>
/// Where a page ended, opaque to callers. It carries a hash of the filter, so that it cannot be used with another one by accident.
/// </summary>
internal static class TransferCursor
{
    private const int FilterAt = 0, TimeAt = 8, IdAt = 16, Length = IdAt + Hash32.Length;

    public static string Write(PageKey key, TransferFilter filter)
    {
        var bytes = new byte[Length];
        FilterHash(filter).CopyTo(bytes, FilterAt);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(TimeAt), key.CreatedAt.UtcTicks);
        key.MessageId.CopyTo(bytes.AsSpan(IdAt));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null when it is malformed or belongs to another filter.</summary>
    public static PageKey? TryRead(string text, TransferFilter filter)
    {
        var bytes = new byte[Length];
        // Asked first: the decoder throws at a foreign character.
        if (!Base64Url.IsValid(text, out var length) || length != Length || !Base64Url.TryDecodeFromChars(text, bytes, out _)) return null;
        if (!bytes.AsSpan(FilterAt, TimeAt).SequenceEqual(FilterHash(filter))) return null;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(TimeAt));
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks) return null;
        return new PageKey(new DateTimeOffset(ticks, TimeSpan.Zero), new Hash32(bytes.AsSpan(IdAt)));
    }

    private static byte[] FilterHash(TransferFilter filter)
    {
        var statuses = string.Join(',', filter.Statuses ?? []);
        var text = $"{filter.Account}|{filter.Sender}|{filter.Recipient}|{filter.Source}|{filter.Destination}|{filter.Chain}|{filter.Asset}|{statuses}";
        return Keccak256.Hash(Encoding.UTF8.GetBytes(text)).ToArray()[..TimeAt];
    }
}
