using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Bridge.Core.Tests;

/// <summary>tests/vectors/*.json: written by an independent implementation, read here and by forge.</summary>
internal static class Vectors
{
    public static JsonElement Read(string name, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "vectors", name + ".json");
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement;
    }

    public static TheoryData<string> Names(string file, string list)
    {
        var names = new TheoryData<string>();
        foreach (var vector in Read(file).GetProperty(list).EnumerateArray()) names.Add(vector.Text("name"));
        return names;
    }

    public static JsonElement Named(string file, string list, string name) =>
        Read(file).GetProperty(list).EnumerateArray().First(vector => vector.Text("name") == name);

    public static string Text(this JsonElement vector, string key) => vector.GetProperty(key).GetString()!;
    public static byte[] Bytes(this JsonElement vector, string key) => Hex.Parse(vector.Text(key));
    public static Hash32 Hash(this JsonElement vector, string key) => Hash32.Parse(vector.Text(key));
    public static Address Account(this JsonElement vector, string key) => Address.Parse(vector.Text(key));
    public static ulong Number(this JsonElement vector, string key) => ulong.Parse(vector.Text(key));
    public static ChainId Chain(this JsonElement vector, string key) => new(vector.Number(key));

    public static IReadOnlyList<Address> Accounts(this JsonElement vector, string key) =>
        [.. vector.GetProperty(key).EnumerateArray().Select(a => Address.Parse(a.GetString()!))];

    public static IReadOnlyList<byte[]> ByteList(this JsonElement vector, string key) =>
        [.. vector.GetProperty(key).EnumerateArray().Select(a => Hex.Parse(a.GetString()!))];
}
