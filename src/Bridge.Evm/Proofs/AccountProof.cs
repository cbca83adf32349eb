using System.Numerics;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Verifies the reply to eth_getProof (EIP-1186) against a block's state root, from the account down to its storage.</summary>
internal static class AccountProof
{
    /// <summary>The words that the account's storage holds in the slots, in their order; zero where there is none.</summary>
    /// <exception cref="ProofException">Anything in the reply does not follow from the state root.</exception>
    /// <exception cref="RpcException">The reply has another form.</exception>
    public static IReadOnlyList<Hash32> Verify(RpcRead read, JsonElement reply, Hash32 stateRoot, Address account, IReadOnlyList<Hash32> slots)
    {
        if (read.Address(read.Member(reply, "address")) != account) throw new ProofException($"it is about another account than {account}");
        var storageRoot = StorageRoot(read, reply, TrieProof.Verify(stateRoot, account.ToArray(), Nodes(read, reply, "accountProof")));
        var proofs = read.Items(read.Member(reply, "storageProof")).ToList();
        if (proofs.Count != slots.Count) throw new ProofException($"it holds {proofs.Count} slots, not {slots.Count}");
        return [.. slots.Select((slot, i) => Word(read, proofs[i], storageRoot, slot))];
    }

    /// <summary>Reads nonce, balance, storage root and code hash, and compares them with what the reply claims.</summary>
    private static Hash32 StorageRoot(RpcRead read, JsonElement reply, byte[]? proven)
    {
        if (proven is null) throw new ProofException("it proves that there is no such account");
        var fields = Decoded(proven, "account");
        if (!fields.IsList || fields.Items.Count != 4 || fields.Items.Any(field => field.IsList)) throw new ProofException("what it proves is no account");
        var claimed = new[]
        {
            Rlp.Number(Number(read, read.Member(reply, "nonce"))), Rlp.Number(Number(read, read.Member(reply, "balance"))),
            Rlp.Bytes(read.Data(read.Member(reply, "storageHash"))), Rlp.Bytes(read.Data(read.Member(reply, "codeHash"))),
        };
        for (var i = 0; i < claimed.Length; i++)
            if (!fields.Items[i].Encoded.Span.SequenceEqual(claimed[i])) throw new ProofException("it claims another account than it proves");
        var root = fields.Items[2].Text;
        return root.Length == Hash32.Length ? new Hash32(root) : throw new ProofException("what it proves is no account");
    }

    private static Hash32 Word(RpcRead read, JsonElement proof, Hash32 storageRoot, Hash32 slot)
    {
        if (Number(read, read.Member(proof, "key")) != new BigInteger(slot.ToArray(), isUnsigned: true, isBigEndian: true)) throw new ProofException($"it is about another slot than {slot}");
        var proven = TrieProof.Verify(storageRoot, slot.ToArray(), Nodes(read, proof, "proof"));
        var bytes = proven is null ? [] : Decoded(proven, "word").Text;
        if (bytes.Length > Hash32.Length || (proven is not null && (bytes.Length == 0 || bytes[0] == 0))) throw new ProofException($"slot {slot} holds no word");
        if (Number(read, read.Member(proof, "value")) != new BigInteger(bytes, isUnsigned: true, isBigEndian: true)) throw new ProofException($"it claims another word in slot {slot} than it proves");
        return new Hash32([.. new byte[Hash32.Length - bytes.Length], .. bytes]);
    }

    private static List<byte[]> Nodes(RpcRead read, JsonElement proof, string name) => [.. read.Items(read.Member(proof, name)).Select(read.Data)];

    private static RlpItem Decoded(byte[] value, string what)
    {
        try
        {
            return RlpItem.Decode(value);
        }
        catch (RlpException e)
        {
            throw new ProofException($"the {what} is malformed: {e.Message}");
        }
    }

    /// <summary>A quantity, or data of 32 bytes: nodes write keys and values in either form.</summary>
    private static BigInteger Number(RpcRead read, JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.String ? value.GetString()! : "";
        var digits = text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : "";
        if (digits.Length is 0 or > 64 || !digits.All(char.IsAsciiHexDigit)) throw read.Invalid(value, "a number of at most 32 bytes");
        return new BigInteger(Convert.FromHexString(digits.PadLeft(64, '0')), isUnsigned: true, isBigEndian: true);
    }
}
