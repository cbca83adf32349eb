using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm.Tests;

public sealed class AbiVectorTests
{
    [Fact]
    public void Values_encode_to_the_bytes_that_ethers_and_viem_write()
    {
        foreach (var vector in VectorFile.Cases("abi", atLeast: 200))
        {
            var type = AbiType.Parse(vector.Text("types"));
            var encoded = AbiEncoder.Encode(type, VectorFile.Value(type, vector.GetProperty("values")));
            Hex.Format(encoded).ShouldBe(vector.Text("encoded"), vector.GetRawText());
        }
    }

    [Fact]
    public void The_bytes_that_ethers_and_viem_write_decode_to_the_values()
    {
        foreach (var vector in VectorFile.Cases("abi", atLeast: 200))
        {
            var type = AbiType.Parse(vector.Text("types"));
            Show(AbiDecoder.Decode(type, vector.Bytes("encoded")))
                .ShouldBe(Show(VectorFile.Value(type, vector.GetProperty("values"))), vector.GetRawText());
        }
    }

    [Fact]
    public void Encodings_that_are_cut_short_or_go_on_are_refused()
    {
        foreach (var vector in VectorFile.Cases("abi", atLeast: 200).Where(v => v.Text("encoded") != "0x"))
        {
            var type = AbiType.Parse(vector.Text("types"));
            var encoded = vector.Bytes("encoded");
            Should.Throw<AbiException>(() => AbiDecoder.Decode(type, encoded.AsSpan(..^1)), vector.GetRawText());
            Should.Throw<AbiException>(() => AbiDecoder.Decode(type, encoded.AsSpan(..^32)), vector.GetRawText());
            Should.Throw<AbiException>(() => AbiDecoder.Decode(type, [.. encoded, 0]), vector.GetRawText());
            Should.Throw<AbiException>(() => AbiDecoder.Decode(type, [.. encoded, .. new byte[32]]), vector.GetRawText());
        }
    }

    /// <summary>Whatever bytes are changed, what still decodes is the one encoding of what it decodes to.</summary>
    [Fact]
    public void Damaged_encodings_are_refused_or_canonical_and_nothing_else_is_thrown()
    {
        var random = new Random(7);
        foreach (var vector in VectorFile.Cases("abi", atLeast: 200).Where(v => v.Text("encoded") != "0x"))
        {
            var type = AbiType.Parse(vector.Text("types"));
            for (var i = 0; i < 40; i++)
            {
                var damaged = vector.Bytes("encoded");
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                if (random.Next(4) == 0) damaged.AsSpan(random.Next(damaged.Length / 32) * 32, 32).Fill(0xff);
                try
                {
                    AbiEncoder.Encode(type, AbiDecoder.Decode(type, damaged)).ShouldBe(damaged, vector.GetRawText());
                }
                catch (AbiException)
                {
                    // Refused, which is what should happen to most.
                }
            }
        }
    }

    private static string Show(object value) => value switch
    {
        object[] items => $"[{string.Join(", ", items.Select(Show))}]",
        byte[] bytes => Hex.Format(bytes),
        string text => JsonSerializer.Serialize(text),
        _ => $"{value.GetType().Name} {value}",
    };
}
