using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bridge.Core;

/// <summary>How large a log is, and its root: the body of a C2SP tlog-checkpoint.</summary>
/// <param name="Origin">Which log; a name that its operator controls, such as <c>bridge.example/log</c>.</param>
/// <param name="Size">Leaves.</param>
public sealed record LogCheckpoint(string Origin, ulong Size, Hash32 Root)
{
    /// <summary>What its signature lines sign: three lines and nothing else.</summary>
    public string Body() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n");

    /// <summary>The EIP-712 digest under which a key puts its name at a time, in seconds of the Unix clock.</summary>
    public Hash32 Digest(NoteRole role, ulong time) => Keccak256.Hash(Preimage(role, time));

    /// <summary>The bytes whose keccak-256 is the digest.</summary>
    public byte[] Preimage(NoteRole role, ulong time) => LogDomain.Preimage(new AbiWords()
        .Add(AbiWords.TypeHash($"{(role is NoteRole.Operator ? "LogCheckpoint" : "LogCosignature")}(string origin,uint64 treeSize,bytes32 rootHash,uint64 time)"))
        .Add(Keccak256.Hash(Origin)).Add(Size).Add(Root).Add(time).Hash());

    /// <summary>A name can stand in a note: not empty, no space, no plus, no line break.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= 255 && !name.Any(c => char.IsWhiteSpace(c) || c == '+' || char.IsControl(c));

    internal static bool TryParseBody(string body, [NotNullWhen(true)] out LogCheckpoint? checkpoint)
    {
        checkpoint = null;
        var lines = body.Split('\n');
        if (lines is not [var origin, var size, var root, ""] || !IsName(origin)) return false;
        if (!ulong.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves)) return false;
        var hash = new byte[Hash32.Length + 1];
        if (!Convert.TryFromBase64String(root, hash, out var length) || length != Hash32.Length) return false;
        checkpoint = new LogCheckpoint(origin, leaves, new Hash32(hash.AsSpan(0, length)));
        return checkpoint.Body() == body; // One form only.
    }
}

/// <summary>Whether a key says that this is its log, or that it has seen this log grow and nothing change.</summary>
public enum NoteRole { Operator, Witness }

/// <summary>What everything of the log is signed under. It is on no chain, so the domain names none.</summary>
public static class LogDomain
{
    private static readonly Hash32 Separator = new AbiWords()
        .Add(AbiWords.TypeHash("EIP712Domain(string name,string version)")).Add(Keccak256.Hash("Bridge audit log")).Add(Keccak256.Hash("1")).Hash();

    /// <summary>The bytes whose keccak-256 is signed.</summary>
    public static byte[] Preimage(Hash32 structHash) => Eip712Domain.Preimage(Separator, structHash);

    /// <summary>The same of a whole document: its type's one member is the SHA-256 of its canonical JSON.</summary>
    /// <param name="type">The type's name.</param>
    /// <param name="canonical">As <see cref="CanonicalJson"/> writes it.</param>
    public static byte[] Preimage(string type, string canonical) => Preimage(new AbiWords()
        .Add(AbiWords.TypeHash($"{type}(bytes32 sha256)")).Add(new Hash32(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))).Hash());
}
