using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Api;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;
using Npgsql;

namespace Bridge.SystemTests.AuditLog;

/// <summary>Two operators: the first keeps a log, serves it and posts its root to a chain; the second watches over it. Every one a process.</summary>
public sealed class LogFixture : IAsyncLifetime
{
    private const string Password = "only for tests";

    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("bridge-log-").FullName;
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly List<(StoreFixture Store, string Login)> _logins = [];

    public const string Origin = "first.example/log";

    public StoreFixture First { get; } = new();
    public StoreFixture Second { get; } = new();

    public Address Operator { get; } = AddressOf(1);
    public Address Witness { get; } = AddressOf(2);
    public Address Anchor { get; private set; }
    internal Anvil Chain { get; private set; } = null!;
    internal ApiProcess Api { get; private set; } = null!;
    internal Asking Ask { get; private set; } = null!;
    internal Node Keeper { get; private set; } = null!;
    internal Node Watcher { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await First.InitializeAsync();
        await Second.InitializeAsync();
        Chain = Own(await Anvil.StartAsync("alpha", 918003));
        await Chain.FundAsync(Operator);
        Anchor = await DeployAsync();
        Api = Own(await ApiProcess.StartAsync(await LoginAsync(First, "bridge_api"), _folder));
        Ask = new Asking(Api.Url);
        File.WriteAllText(Path.Combine(_folder, "password"), Password);
        Keeper = NodeOf("first", 1, await LoginAsync(First, "bridge_node"), new { Origin, CheckpointSeconds = 5, Witnesses = new[] { Witness.ToString() }, Anchors = new { alpha = Anchor.ToString() }, AnchorSeconds = 60 });
        Watcher = NodeOf("second", 2, await LoginAsync(Second, "bridge_node"), new { Origin = "second.example/log", CheckpointSeconds = 5, Watched = new { first = new { Url = Api.Url.ToString(), Origin, Operator = Operator.ToString() } } });
    }

    public async Task DisposeAsync()
    {
        foreach (var owned in Enumerable.Reverse(_owned)) await owned.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        foreach (var (store, login) in _logins) await store.ExecuteAsync($"DROP OWNED BY {login}; DROP ROLE {login}");
        await First.DisposeAsync();
        await Second.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    public string Explain() => Keeper.Tail() + Watcher.Tail();

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>A verb that reads the first operator's configuration and database.</summary>
    public Task<(int ExitCode, string Output)> BridgeAsync(params string[] arguments) => ChildProcess.BridgeAsync(
        [.. arguments, "--config", Path.Combine(_folder, "first.json")], new Dictionary<string, string> { ["Bridge__Database"] = First.ConnectionString }, _folder);

    private Node NodeOf(string name, int key, string database, object log)
    {
        var keystore = Path.Combine(_folder, name + ".keystore");
        Keystore.Create(keystore, Password, Key(key), scryptN: 2);
        var section = JsonSerializer.SerializeToNode(log)!.AsObject();
        (section["Keystore"], section["PasswordFile"]) = (keystore, Path.Combine(_folder, "password"));
        var chains = new Dictionary<string, object>
        {
            ["alpha"] = new { ChainId = Chain.Id.Value, Bridge = Anchor.ToString(), Endpoints = new[] { Chain.Url.ToString() } },
            ["beta"] = new { ChainId = 918004, Bridge = Anchor.ToString(), Endpoints = new[] { "http://127.0.0.1:1" } },
        };
        var config = Node.WriteConfig(_folder, name, new { Environment = "local", Chains = chains, Log = section });
        return Own(new Node(name, config, "log", new Dictionary<string, string> { ["Bridge__Database"] = database }, _folder));
    }

    /// <summary>A login with no more than one group's rights, as an operator grants them.</summary>
    private async Task<string> LoginAsync(StoreFixture store, string role)
    {
        var login = $"log_{Guid.NewGuid():N}";
        await store.ExecuteAsync($"CREATE ROLE {login} LOGIN PASSWORD '{login}' IN ROLE {role}");
        _logins.Add((store, login));
        return new NpgsqlConnectionStringBuilder(store.ConnectionString) { Username = login, Password = login }.ConnectionString;
    }

    private async Task<Address> DeployAsync()
    {
        using var artifact = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Machine.Contracts, "out", "LogAnchor.sol", "LogAnchor.json")));
        var code = artifact.RootElement.GetProperty("bytecode").GetProperty("object").GetString()!;
        var sent = await Chain.Rpc.CallAsync("eth_sendTransaction", [new { from = (await Chain.AccountAsync(0)).ToString(), data = code, gas = "0x1e8480" }], default);
        var hash = sent.GetString()!;
        var receipt = await Eventually.NotNullAsync("the LogAnchor to be deployed", async () =>
            await Chain.Rpc.CallAsync("eth_getTransactionReceipt", [hash], default) is { ValueKind: JsonValueKind.Object } found ? found.GetProperty("contractAddress").GetString() : null);
        return Address.Parse(receipt);
    }

    private static byte[] Key(int number) => Scene.Hash((ulong)(900 + number)).ToArray();

    private static Address AddressOf(int number)
    {
        using var signer = LocalSigner.FromPrivateKey(Key(number));
        return signer.Address;
    }

    private T Own<T>(T owned) where T : IAsyncDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
