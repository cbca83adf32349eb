using System.Buffers.Binary;
using Bridge.Api.Directory;
using Bridge.Core;

namespace Bridge.Api.Search;

/// <summary>What somebody typed or pasted: exactly one of hash, account, chain and lane. An account may name its chain.</summary>
internal sealed record SearchText(string Kind, Hash32? Hash = null, Address? Account = null, ChainId? Chain = null, Lane? Lane = null)
{
    private const int Longest = 200;

    /// <summary>Null for anything that is not looked for here.</summary>
    public static SearchText? TryRead(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > Longest) return null;
        if (Hash32.TryParse(trimmed, out var hash)) return new SearchText("hash", Hash: hash);
        if (Address.TryParse(trimmed, out var account)) return new SearchText("account", Account: account);
        return TryInteroperable(trimmed) ?? TryCaip10(trimmed)
            ?? (ChainName.TryRead(trimmed) is { } chain ? new SearchText("chain", Chain: chain)
                : LaneMapper.TryRead(trimmed) is { } lane ? new SearchText("lane", Lane: lane) : null);
    }

    private static SearchText? TryCaip10(string text)
    {
        var at = text.LastIndexOf(':');
        return at > 0 && Address.TryParse(text[(at + 1)..], out var account) && text.StartsWith("eip155:", StringComparison.Ordinal) && ChainName.TryRead(text[..at]) is { } chain
            ? new SearchText("account", Account: account, Chain: chain)
            : null;
    }

    /// <summary>ERC-7930, version 1, chain type eip155: the chain id without leading zeros, then the account. Other forms of the same are refused.</summary>
    private static SearchText? TryInteroperable(string text)
    {
        if (!Hex.TryParse(text, out var bytes) || bytes.Length < 6 || BinaryPrimitives.ReadUInt32BigEndian(bytes) != 0x0001_0000) return null;
        int chainLength = bytes[4];
        var rest = bytes.AsSpan(5);
        if (chainLength is 0 or > sizeof(ulong) || rest.Length != chainLength + 1 + Address.Length || rest[0] == 0 || rest[chainLength] != Address.Length) return null;
        ulong chain = 0;
        foreach (var digit in rest[..chainLength]) chain = (chain << 8) | digit;
        return chain <= long.MaxValue ? new SearchText("account", Account: new Address(rest[(chainLength + 1)..]), Chain: new ChainId(chain)) : null;
    }
}
