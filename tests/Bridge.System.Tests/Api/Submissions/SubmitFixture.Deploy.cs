using System.Text.Json;
using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api.Submissions;

public sealed partial class SubmitFixture
{
    /// <summary>A contract at home, as forge built it.</summary>
    /// <param name="file">The source's name without its extension.</param>
    public async Task<Address> DeployAsync(string file, string contract, AbiWords? arguments = null)
    {
        using var artifact = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Machine.Contracts, "out", $"{file}.sol", $"{contract}.json")));
        var code = artifact.RootElement.GetProperty("bytecode").GetProperty("object").GetString()!;
        var words = arguments is null ? "" : Hex.Format(arguments.Call("x()"))[10..];
        var sent = await Home.Rpc.CallAsync("eth_sendTransaction", [new { from = (await Home.AccountAsync(8)).ToString(), data = code + words, gas = "0x989680" }], default);
        JsonElement receipt = default;
        await Eventually.TrueAsync($"{contract} to be deployed", async () => (receipt = await Home.Rpc.CallAsync("eth_getTransactionReceipt", [sent.GetString()!], default)).ValueKind is JsonValueKind.Object);
        receipt.GetProperty("status").GetString().ShouldBe("0x1", contract);
        return Address.Parse(receipt.GetProperty("contractAddress").GetString()!);
    }
}
