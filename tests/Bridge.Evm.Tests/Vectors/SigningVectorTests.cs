using System.Globalization;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm.Tests;

public sealed class SigningVectorTests
{
    [Fact]
    public void Signatures_are_those_of_ethers_and_viem_and_recover_to_the_key()
    {
        foreach (var vector in VectorFile.Cases("signatures", atLeast: 1000))
        {
            var column = vector.EnumerateArray().Select(c => c.ValueKind is JsonValueKind.String ? c.GetString()! : c.GetRawText()).ToArray();
            var digest = Hash32.Parse(column[0]);
            using var signer = LocalSigner.FromPrivateKey(Hex.Parse(column[1]));
            signer.Address.ShouldBe(Address.Parse(column[5]));

            var expected = Hex.Parse(column[2] + column[3][2..]);
            if (column[4] == "28") expected[32] |= 0x80;
            var signature = signer.Sign(digest);
            signature.ToString().ShouldBe(Hex.Format(expected));
            signature.TryRecover(digest, out var recovered).ShouldBeTrue();
            recovered.ShouldBe(signer.Address);
        }
    }

    [Fact]
    public async Task Transactions_are_signed_to_the_bytes_that_ethers_and_viem_write()
    {
        foreach (var vector in VectorFile.Cases("transactions", atLeast: 100))
        {
            ulong U64(string key) => ulong.Parse(vector.Text(key), CultureInfo.InvariantCulture);
            UInt128 U128(string key) => UInt128.Parse(vector.Text(key), CultureInfo.InvariantCulture);
            var transaction = new Eip1559Transaction(
                new ChainId(U64("chainId")), U64("nonce"), new GasFees(U128("maxFeePerGas"), U128("maxPriorityFeePerGas")), U64("gasLimit"),
                Address.Parse(vector.Text("to")), U128("value"), vector.Bytes("data"));
            transaction.SigningHash().ShouldBe(vector.Hash("signingHash"));

            using var signer = LocalSigner.FromPrivateKey(vector.Bytes("key"));
            var (raw, hash) = await transaction.SignAsync(signer, CancellationToken.None);
            Hex.Format(raw).ShouldBe(vector.Text("raw"));
            hash.ShouldBe(vector.Hash("hash"));

            var signature = vector.Bytes("signature");
            signature[32] |= (byte)((signature[64] - 27) << 7);
            signer.Sign(transaction.SigningHash()).ToArray().ShouldBe(signature[..64]);
        }
    }

    [Fact]
    public void Typed_data_digests_are_those_of_ethers_and_viem()
    {
        foreach (var vector in VectorFile.Cases("typed-data", atLeast: 50))
            Eip712.Digest(vector.GetProperty("typedData")).ShouldBe(vector.Hash("digest"), vector.GetRawText());
    }

    [Fact]
    public void Rlp_is_that_of_ethers_and_viem()
    {
        foreach (var vector in VectorFile.Cases("rlp", atLeast: 100))
        {
            if (vector.TryGetProperty("value", out var value))
            {
                Hex.Format(Encode(value)).ShouldBe(vector.Text("encoded"));
                continue;
            }
            var bytes = Enumerable.Repeat(vector.Bytes("repeat")[0], vector.GetProperty("length").GetInt32()).ToArray();
            Keccak256.Hash(Rlp.Bytes(bytes)).ShouldBe(vector.Hash("hash"));
        }

        static byte[] Encode(JsonElement value) => value.ValueKind is JsonValueKind.String
            ? Rlp.Bytes(Hex.Parse(value.GetString()!))
            : Rlp.List([.. value.EnumerateArray().Select(Encode)]);
    }
}
