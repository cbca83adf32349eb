using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Bridge.Core;

/// <summary>One name under a checkpoint.</summary>
/// <param name="Time">Seconds of the Unix clock at which it was signed.</param>
public sealed record NoteSignature(string Name, Address Signer, NoteRole Role, ulong Time, CompactSignature Signature)
{
    private const int KeyIdLength = 4;

    /// <summary>0xff: a kind of signature that C2SP has not numbered, named behind it.</summary>
    private static readonly byte[] Kind = [0xff, .. Encoding.ASCII.GetBytes("bridge-eip712-secp256k1")];

    public bool IsOver(LogCheckpoint checkpoint) => Signature.TryRecover(checkpoint.Digest(Role, Time), out var signer) && signer == Signer;

    /// <summary>Four bytes of the key's id, one that is 0 for the operator and 1 for a witness, eight of the time, twenty of the address, then the signature.</summary>
    public string Line()
    {
        var bytes = new byte[KeyIdLength + 1 + 8 + Address.Length + CompactSignature.Length];
        KeyId(Name, Signer).CopyTo(bytes, 0);
        bytes[4] = (byte)Role;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(5), Time);
        Signer.CopyTo(bytes.AsSpan(13));
        Signature.ToArray().CopyTo(bytes, 33);
        return $"— {Name} {Convert.ToBase64String(bytes)}\n";
    }

    internal static bool TryParse(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        var parts = line.Split(' ');
        if (parts is not ["—", var name, var text] || !LogCheckpoint.IsName(name)) return false;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length != 33 + CompactSignature.Length || bytes[4] > (byte)NoteRole.Witness) return false;
        var signer = new Address(bytes.AsSpan(13, Address.Length));
        if (!bytes.AsSpan(0, KeyIdLength).SequenceEqual(KeyId(name, signer))) return false;
        signature = new NoteSignature(name, signer, (NoteRole)bytes[4], BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(5)), new CompactSignature(bytes.AsSpan(33, CompactSignature.Length)));
        return true;
    }

    private static byte[] KeyId(string name, Address signer) => SHA256.HashData([.. Encoding.UTF8.GetBytes(name + "\n"), .. Kind, .. signer.ToArray()])[..KeyIdLength];
}

/// <summary>A checkpoint and the names under it: C2SP signed-note text. Lines of kinds that are not ours are passed over, as C2SP wants it.</summary>
public sealed record SignedNote(LogCheckpoint Checkpoint, IReadOnlyList<NoteSignature> Signatures)
{
    private const int MostLines = 100;

    public string Text() => Checkpoint.Body() + "\n" + string.Concat(Signatures.Select(signature => signature.Line()));

    /// <summary>The first signature by a key that holds, or null. A log has one operator's key; a witness's name counts as its own only.</summary>
    public NoteSignature? By(Address signer, NoteRole role) => Signatures.FirstOrDefault(signature => signature.Signer == signer && signature.Role == role && signature.IsOver(Checkpoint));

    public static bool TryParse(string text, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        var end = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !text.EndsWith('\n') || !LogCheckpoint.TryParseBody(text[..(end + 1)], out var checkpoint)) return false;
        var lines = text[(end + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length is 0 or > MostLines || lines.Any(line => !line.StartsWith("— ", StringComparison.Ordinal))) return false;
        note = new SignedNote(checkpoint, [.. lines.Select(line => NoteSignature.TryParse(line, out var signature) ? signature : null).OfType<NoteSignature>()]);
        return true;
    }
}
