using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Admin;

/// <summary>Two chains with a deployment, a third without one, and the accounts of those who administer them. No node runs.</summary>
public sealed class AdminFixture : IAsyncLifetime
{
    private const string Password = "only for tests";
    private const string DeployerKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-admin-").FullName;

    internal Anvil Home { get; private set; } = null!;
    internal Anvil Far { get; private set; } = null!;
    internal Anvil Third { get; private set; } = null!;
    internal Deployment Contracts { get; private set; } = null!;
    internal BridgeContract Bridge => new(Home.Client, Contracts.Bridge);
    internal Address Admin { get; private set; }
    internal IReadOnlyList<Address> Validators { get; } = [.. Enumerable.Range(1, 4).Select(i => AddressOf(Key(i)))];
    internal string DeploymentFile => Path.Combine(_folder, "deploy.json");

    private string ConfigFile => Path.Combine(_folder, "admin.json");

    public async Task InitializeAsync()
    {
        Home = await Anvil.StartAsync("home", 918_401);
        Far = await Anvil.StartAsync("far", 918_402);
        Third = await Anvil.StartAsync("third", 918_403);
        Admin = AddressOf(Hex.Parse(DeployerKey));
        Contracts = await Deployment.RunAsync([Home, Far], Validators, 3, _folder, Admin);
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), Password);
        Node.WriteConfig(_folder, "admin", new
        {
            Environment = "local",
            Chains = new[] { Home, Far }.ToDictionary(chain => chain.Name, chain => new
            {
                ChainId = chain.Id.Value, Bridge = Contracts.Bridge.ToString(), StartBlock = Contracts.StartBlocks[chain.Id], Endpoints = new[] { chain.Url.ToString() }, PollMilliseconds = 200,
            }),
        });
        var (exit, output) = await AsAdminAsync("role", "grant", "--chain", "home", "--role", "guardian", "--account", Admin.ToString(), "--yes");
        exit.ShouldBe(0, output);
    }

    /// <summary>The deployment's file with the third chain in it, and every chain's id.</summary>
    internal async Task AddThirdChainAsync()
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(DeploymentFile))!;
        file["chains"] = JsonSerializer.SerializeToNode(new[] { Home, Far, Third }.Select(chain => new { name = chain.Name, rpc = chain.Url.ToString(), chainId = chain.Id.Value }));
        await File.WriteAllTextAsync(DeploymentFile, file.ToJsonString());
    }

    /// <summary>What the verb answers, with the configuration and the admin's key.</summary>
    internal Task<(int ExitCode, string Output)> AsAdminAsync(params string[] arguments) => AskAsync([.. arguments, .. KeyOf("admin", Hex.Parse(DeployerKey))]);

    internal Task<(int ExitCode, string Output)> AskAsync(params string[] arguments) =>
        ChildProcess.BridgeAsync(["admin", .. arguments, .. arguments[0] == "deploy" ? Array.Empty<string>() : ["--config", ConfigFile]], null, _folder);

    /// <summary>The same by deploy.mjs.</summary>
    internal Task<string> DeployScriptAsync() => ChildProcess.RunAsync("node", [Path.Combine(Machine.Contracts, "script", "deploy.mjs"), "--config", DeploymentFile, "--out", Path.Combine(_folder, "out.json")],
        new Dictionary<string, string> { ["DEPLOYER_PRIVATE_KEY"] = DeployerKey });

    /// <summary>Another account with gas, and the options with which it sends.</summary>
    internal async Task<(Address Account, string[] Options)> AccountAsync(string name)
    {
        var key = Keccak256.Hash(Encoding.ASCII.GetBytes($"{name} of the admin tests")).ToArray();
        await Home.FundAsync(AddressOf(key));
        return (AddressOf(key), KeyOf(name, key));
    }

    internal string[] ValidatorOptions(int index) => KeyOf(string.Create(CultureInfo.InvariantCulture, $"validator-{index}"), Key(index));

    /// <summary>A token that nobody knows yet, on the home chain.</summary>
    internal async Task<Address> TokenAsync(string symbol)
    {
        using var artifact = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Machine.Contracts, "out", "TestToken.sol", "TestToken.json")));
        byte[] code = [.. Hex.Parse(artifact.RootElement.GetProperty("bytecode").GetProperty("object").GetString()!), .. AbiEncoder.Encode(AbiType.Parse("(string,string,uint8)"), new object[] { symbol, symbol, 6 })];
        var sent = await Home.Rpc.CallAsync("eth_sendTransaction", [new { from = (await Home.AccountAsync(8)).ToString(), data = Hex.Format(code) }], CancellationToken.None);
        var receipt = await Eventually.NotNullAsync("the token", async () =>
            await Home.Rpc.CallAsync("eth_getTransactionReceipt", [sent.GetString()!], CancellationToken.None) is { ValueKind: JsonValueKind.Object } mined ? mined.GetProperty("contractAddress").GetString() : null);
        return Address.Parse(receipt);
    }

    internal async Task PassAsync(TimeSpan time)
    {
        await Home.Rpc.CallAsync("evm_increaseTime", [(ulong)time.TotalSeconds], CancellationToken.None);
        await Home.MineAsync();
    }

    internal async Task<object[]> ViewAsync(string signature, string returns, params object[] arguments)
    {
        var view = new AbiFunction(signature, returns);
        return view.DecodeResult(await Home.Client.CallAsync(Contracts.Bridge, view.Encode(arguments), null, CancellationToken.None));
    }

    /// <summary>Calldata, target and sender of a mined transaction, as the chain has them.</summary>
    internal async Task<(string Data, string To, string From)> SentAsync(string transaction)
    {
        var mined = await Home.Rpc.CallAsync("eth_getTransactionByHash", [transaction], CancellationToken.None);
        return (mined.GetProperty("input").GetString()!, mined.GetProperty("to").GetString()!, mined.GetProperty("from").GetString()!);
    }

    public async Task DisposeAsync()
    {
        foreach (var chain in new[] { Home, Far, Third }) await chain.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string[] KeyOf(string name, byte[] key)
    {
        var file = Path.Combine(_folder, name + ".keystore");
        if (!File.Exists(file)) Keystore.Create(file, Password, key, scryptN: 2);
        return ["--keystore", file, "--password-file", Path.Combine(_folder, "password")];
    }

    private static byte[] Key(int validator) => Keccak256.Hash(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"validator {validator} of the admin tests"))).ToArray();

    private static Address AddressOf(byte[] key)
    {
        using var signer = LocalSigner.FromPrivateKey(key);
        return signer.Address;
    }
}
