using System.Text.Json;
using Bridge.Core;

namespace Bridge.SystemTests.Harness;

/// <summary>The contracts on two chains, put there by the deploy script that operators use.</summary>
internal sealed record Deployment(Address Bridge, Address Intents, IReadOnlyDictionary<ChainId, ulong> StartBlocks, IReadOnlyDictionary<ChainId, Address> Tokens)
{
    public const uint Asset = 1;

    // Anvil's first account: its key is public, and worth nothing anywhere else.
    private const string DeployerKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    public static async Task<Deployment> RunAsync(IReadOnlyList<Anvil> chains, IEnumerable<Address> validators, int threshold, string folder, params IReadOnlyList<Address> feeOracles)
    {
        var config = Path.Combine(folder, "deploy.json");
        var output = Path.Combine(folder, "deployment.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            chains = chains.Select(c => new { name = c.Name, rpc = c.Url.ToString() }),
            validators = validators.Select(v => v.ToString()),
            threshold,
            delay = 0,
            feeOracles = feeOracles.Select(oracle => oracle.ToString()),
            assets = new[]
            {
                new { id = Asset, name = "Test Dollar", symbol = "TUSD", decimals = 6, home = chains[0].Name, limit = new { capacity = "1000000000000000000", period = 3600 } },
            },
        }));
        await ChildProcess.RunAsync("node", [Path.Combine(Machine.Contracts, "script", "deploy.mjs"), "--config", config, "--out", output],
            new Dictionary<string, string> { ["DEPLOYER_PRIVATE_KEY"] = DeployerKey });

        using var result = JsonDocument.Parse(await File.ReadAllTextAsync(output));
        var described = result.RootElement.GetProperty("chains").EnumerateArray().ToList();
        return new Deployment(
            Address.Parse(result.RootElement.GetProperty("bridge").GetString()!),
            Address.Parse(result.RootElement.GetProperty("intents").GetString()!),
            described.ToDictionary(Id, c => c.GetProperty("deployBlock").GetUInt64()),
            described.ToDictionary(Id, c => Address.Parse(c.GetProperty("assets")[0].GetProperty("token").GetString()!)));

        static ChainId Id(JsonElement chain) => new(chain.GetProperty("chainId").GetUInt64());
    }
}
