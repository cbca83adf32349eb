using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm.Tests;

/// <summary>tests/vectors/evm-*.json: written by ethers and viem, see generate-evm.mjs there.</summary>
internal static class VectorFile
{
    /// <param name="atLeast">A file that lost its cases must not pass.</param>
    public static IReadOnlyList<JsonElement> Cases(string name, int atLeast, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "vectors", $"evm-{name}.json");
        JsonElement[] cases = [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("cases").EnumerateArray()];
        cases.Length.ShouldBeGreaterThanOrEqualTo(atLeast);
        return cases;
    }

    public static string Text(this JsonElement json, string key) => json.GetProperty(key).GetString()!;

    public static byte[] Bytes(this JsonElement json, string key) => Hex.Parse(json.Text(key));

    public static Hash32 Hash(this JsonElement json, string key) => Hash32.Parse(json.Text(key));

    /// <summary>The C# value of a JSON value of an ABI type.</summary>
    public static object Value(AbiType type, JsonElement json) => type switch
    {
        AbiInteger => BigInteger.Parse(json.GetString()!),
        AbiAddress => Address.Parse(json.GetString()!),
        AbiBool => json.GetBoolean(),
        AbiBytes { IsText: true } => json.GetString()!,
        AbiBytes or AbiFixedBytes => Hex.Parse(json.GetString()!),
        AbiArray array => json.EnumerateArray().Select(item => Value(array.Element, item)).ToArray(),
        AbiTuple tuple => json.EnumerateArray().Select((item, i) => Value(tuple.Members[i], item)).ToArray(),
        _ => throw new InvalidOperationException($"No value of {type}."),
    };
}
