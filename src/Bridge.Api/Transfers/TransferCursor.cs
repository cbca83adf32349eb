using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

/// <summary>
/// Where a page ended, opaque to callers and signed: one that was made up, changed, or given for another filter or by another database is
/// refused. The key is the database's own, so that every process of the API takes what another one gave.
/// </summary>
internal sealed class TransferCursor(byte[] key)
{
    private const int PositionAt = 0, IdAt = 16, SignatureAt = IdAt + Hash32.Length, SignatureLength = 16, Length = SignatureAt + SignatureLength;

    public string Write(PageKey page, TransferFilter filter)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(PositionAt), page.Position);
        page.MessageId.CopyTo(bytes.AsSpan(IdAt));
        Sign(bytes.AsSpan(0, SignatureAt), filter).CopyTo(bytes, SignatureAt);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null when it is malformed, forged, or belongs to another filter.</summary>
    public PageKey? TryRead(string text, TransferFilter filter)
    {
        var bytes = new byte[Length];
        // Asked first: the decoder throws at a foreign character.
        if (!Base64Url.IsValid(text, out var length) || length != Length || !Base64Url.TryDecodeFromChars(text, bytes, out _)) return null;
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(SignatureAt), Sign(bytes.AsSpan(0, SignatureAt), filter))
            ? new PageKey(BinaryPrimitives.ReadUInt128BigEndian(bytes.AsSpan(PositionAt)), new Hash32(bytes.AsSpan(IdAt, Hash32.Length)))
            : null;
    }

    private byte[] Sign(ReadOnlySpan<byte> page, TransferFilter filter) =>
        HMACSHA256.HashData(key, (byte[])[.. page, .. Encoding.UTF8.GetBytes(Describe(filter))])[..SignatureLength];

    /// <summary>Every member, so that a new one cannot be forgotten: statuses are a list, which a record prints by its type.</summary>
    private static string Describe(TransferFilter filter) => string.Create(
        CultureInfo.InvariantCulture, $"{filter with { Statuses = null }}|{string.Join(',', filter.Statuses ?? [])}|{filter.From:O}|{filter.To:O}|{filter.UpdatedSince:O}");
}

/// <summary>Reads the database's key once.</summary>
internal sealed class CursorKey(SecretQueries secrets)
{
    private volatile TransferCursor? _cursor;

    public async Task<TransferCursor> GetAsync(CancellationToken ct) => _cursor ??= new TransferCursor(await secrets.ReadAsync("cursor", ct));
}
