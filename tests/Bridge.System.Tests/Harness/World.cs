using System.Globalization;
using System.Numerics;
using System.Text;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.SystemTests.Harness;

internal enum Topology
{
    /// <summary>Relayer and executor in one process with the in-memory bus; the validators hand their attestations over by HTTP.</summary>
    InMemory,

    /// <summary>A process for each role, joined by RabbitMQ; the validators' attestations go over it as well.</summary>
    RabbitMq,

    /// <summary>A process for each role, told of a broker that never answers; the validators hand their attestations over by HTTP.</summary>
    DeadBroker,
}

/// <summary>Two chains, four validators of which three suffice, a relayer, an executor and the API: every one a process, and all of them real.</summary>
internal sealed partial class World : IAsyncDisposable
{
    public const string Password = "only for tests";

    private static readonly AbiFunction TotalSupply = new("totalSupply()", "(uint256)");

    private readonly List<IAsyncDisposable> _owned = [];
    private string _proof = "";
    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-system-").FullName;

    private string? _broker;
    private int _executors;
    private int _fresh;

    private World()
    {
    }

    public Anvil Home { get; private set; } = null!;
    public Anvil Far { get; private set; } = null!;

    /// <summary>Has the contracts, and no node is told of it. Only where a test asks for it.</summary>
    public Anvil? Third { get; private set; }
    public Deployment Contracts { get; private set; } = null!;
    public IReadOnlyList<Node> Validators { get; private set; } = [];
    public IReadOnlyList<Node> Relayers { get; private set; } = [];
    public ApiProcess Api { get; private set; } = null!;
    public Address Executor { get; private set; }
    public Database RelayerDatabase { get; private set; } = null!;
    public IReadOnlyList<byte[]> ValidatorKeys { get; private set; } = [];

    public IEnumerable<Address> ValidatorAccounts => ValidatorKeys.Select(AddressOf);

    public IReadOnlyList<Database> ValidatorDatabases { get; private set; } = [];

    public IEnumerable<Node> Nodes => [.. Validators, .. Relayers];

    public static async Task<World> StartAsync(Topology topology, string proof = "whenServed", bool third = false)
    {
        var world = new World { _proof = proof };
        try
        {
            await world.BuildAsync(topology, third);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public string Folder => _folder;

    public string Explain() => string.Concat(Nodes.Select(node => node.Tail())) + Api.Tail();

    public BridgeContract BridgeOn(Anvil chain) => new(chain.Client, Contracts.Bridge);
    public TokenContract TokenOn(Anvil chain) => new(chain.Client, Contracts.Tokens[chain.Id]);

    public Task DeliveredAsync(Hash32 id) => Eventually.TrueAsync(
        $"{id} to be delivered",
        async () => await Api.GetAsync($"v1/transfers/{id}") is { } transfer && transfer.GetProperty("status").GetString() == "DONE", Explain);

    /// <summary>Base units of the wrapped token.</summary>
    public async Task<BigInteger> SupplyAsync() =>
        (BigInteger)TotalSupply.DecodeResult(await Far.Client.CallAsync(Contracts.Tokens[Far.Id], TotalSupply.Encode(), null, CancellationToken.None))[0];

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in Enumerable.Reverse(_owned)) await owned.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task BuildAsync(Topology topology, bool third)
    {
        Home = Own(await Anvil.StartAsync("home", 918001));
        Far = Own(await Anvil.StartAsync("far", 918002));
        ValidatorKeys = [.. Enumerable.Range(1, 4).Select(i => Key("validator", i))];
        var members = ValidatorKeys.Select(AddressOf).ToList();
        if (third) Third = Own(await Anvil.StartAsync("third", 918003));
        Contracts = await Deployment.RunAsync(Third is null ? [Home, Far] : [Home, Far, Third], members, threshold: 3, _folder);
        File.WriteAllText(Path.Combine(_folder, "password"), Password);
        File.SetUnixFileMode(Path.Combine(_folder, "password"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        RelayerDatabase = await DatabaseAsync("relayer");
        Api = Own(await ApiProcess.StartAsync(RelayerDatabase.ConnectionString, _folder));
        Executor = AddressOf(Key("executor", 1));
        foreach (var chain in new[] { Home, Far }) await chain.FundAsync(Executor);

        var bus = topology is Topology.RabbitMq;
        if (topology is Topology.DeadBroker) _broker = "amqp://127.0.0.1:1/";
        Relayers = [.. (topology is Topology.InMemory ? new[] { "watch,relay,execute" } : ["watch", "relay", "execute"])
            .Select(roles => RelayerNode("relayer", roles, "executor", RelayerDatabase, topology is not Topology.InMemory))];
        var (validators, databases) = (new List<Node>(), new List<Database>());
        for (var i = 0; i < ValidatorKeys.Count; i++)
        {
            databases.Add(await DatabaseAsync($"validator{i + 1}"));
            validators.Add(ValidatorNode(string.Create(CultureInfo.InvariantCulture, $"validator-{i + 1}"), i, databases[i], bus));
        }
        (Validators, ValidatorDatabases) = (validators, databases);
        foreach (var node in Nodes) node.Start();
    }

    /// <summary>A second relayer of another organisation on the same bus, with a database and an executor's key of its own.</summary>
    public async Task<(Node Node, Address Executor, Database Database)> StartRivalAsync()
    {
        var executor = AddressOf(Key("rival", 1));
        foreach (var chain in new[] { Home, Far }) await chain.FundAsync(executor);
        var database = await DatabaseAsync("rival");
        var node = RelayerNode("rival", "watch,relay,execute", "rival", database, bus: true);
        node.Start();
        return (node, executor, database);
    }

    /// <summary>Another executor of the same organisation, with a key of its own on the same database, and with an endpoint of its own.</summary>
    /// <param name="far">Where it reaches the far chain.</param>
    public async Task<(Node Node, Address Executor)> StartAnotherExecutorAsync(Uri far)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"executor-{++_executors}");
        var executor = AddressOf(Key(name, 1));
        foreach (var chain in new[] { Home, Far }) await chain.FundAsync(executor);
        var node = RelayerNode(name, "execute", name, RelayerDatabase, bus: false, far);
        node.Start();
        return (node, executor);
    }

    private Node RelayerNode(string organisation, string roles, string key, Database database, bool bus, Uri? far = null)
    {
        var name = organisation + "-" + roles.Replace(',', '-');
        var config = Node.WriteConfig(_folder, name, new
        {
            Environment = "local",
            Chains = Chains(far: far),
            Bus = new { Node = organisation },
            Executor = new { Keystore = KeystoreFile(key, Key(key, 1)), PasswordFile = Path.Combine(_folder, "password"), ResubmitSeconds = 5, LeaseSeconds = 5, MaxInFlight = 4 },
            Sweeper = new { IntervalSeconds = 2 },
            // A coin is worth 2,500 of the test dollars, which have 6 decimals.
            Oracle = new { IntervalSeconds = 1, Prices = new Dictionary<string, object> { ["1"] = new[] { Home, Far }.ToDictionary(chain => chain.Name, _ => "2500000000") } },
        });
        return Own(new Node(name, config, roles, Secrets(database, bus), _folder));
    }

    /// <summary>The last validator's key on a database and a journal of its own that are still empty. The other three suffice.</summary>
    /// <param name="home">Its endpoint of the home chain, if not the chain itself.</param>
    public async Task<(Node Node, Database Database)> FreshValidatorAsync(Uri? home = null, string? proof = null)
    {
        await Validators[^1].KillAsync();
        var database = await DatabaseAsync("fresh");
        var name = string.Create(CultureInfo.InvariantCulture, $"fresh-{++_fresh}");
        return (ValidatorNode(name, Validators.Count - 1, database, bus: false, home, proof), database);
    }

    /// <summary>Another API, of whoever owns the database.</summary>
    public Task<ApiProcess> ApiOnAsync(Database database) => ApiProcess.StartAsync(database.ConnectionString, _folder);

    /// <summary>Delivers messages that nobody sent, under a certificate by a quorum of the validators' keys that leaves the last one out.</summary>
    /// <param name="first">Far beyond what the lane has sent, or a halt for the conflict stops the lane as well.</param>
    public async Task ForgeAsync(Anvil source, Anvil destination, Sequence first, Message forged)
    {
        var lane = new Lane(source.Id, destination.Id);
        var laneId = RollingHash.LaneId(lane, Contracts.Bridge, Contracts.Bridge);
        var wire = MessageCodec.Encode(forged);
        var checkpoint = new Checkpoint(laneId, first, RollingHash.Fold(await BridgeOn(destination).InboundAsync(lane.Source, null, default), wire));
        var set = await BridgeOn(destination).ValidatorSetAsync(new Epoch(1), null, default);
        var stolen = ValidatorKeys.Take(3).Select(key => LocalSigner.FromPrivateKey(key)).ToList();
        var certificate = Certificate.TryAssemble(set, stolen.ToDictionary(s => s.Address, s => s.Sign(checkpoint.Digest(new Eip712Domain(destination.Id, Contracts.Bridge), set.Epoch))));
        stolen.ForEach(signer => signer.Dispose());
        var delivery = await destination.TransactAsync(await destination.AccountAsync(5), Contracts.Bridge, BridgeContract.EncodeDeliver(laneId, first, wire, certificate!));
        delivery.Succeeded.ShouldBeTrue("the forged delivery reverted");
    }

    /// <summary>A watcher on another database; not started.</summary>
    public Node WatcherOf(Database database) => new("watcher", ConfigWith("watcher", Home.Url, Far.Url), "watch", Secrets(database, bus: false), _folder);

    /// <summary>The role audit on the relayer's database, with a guardian's key; not started. That the key gets its role is approved.</summary>
    public (Node Node, Address Guardian) Auditor()
    {
        var guardian = AddressOf(Key("guardian", 1));
        var config = Node.WriteConfig(_folder, "auditor", new
        {
            Environment = "local",
            Chains = Chains(),
            Audit = new
            {
                Keystore = KeystoreFile("guardian", Key("guardian", 1)), PasswordFile = Path.Combine(_folder, "password"), IntervalSeconds = 5,
                Approved = new[] { Home, Far }.Select(chain => $"{chain.Id} RoleGranted 0x1 {guardian} 0x0"),
            },
        });
        return (new Node("auditor", config, "audit", Secrets(RelayerDatabase, bus: false), _folder), guardian);
    }

    private Node ValidatorNode(string name, int index, Database database, bool bus, Uri? home = null, string? proof = null)
    {
        var config = Node.WriteConfig(_folder, name, new
        {
            Environment = "local",
            Chains = Chains(home, proof: proof),
            Bus = new { Node = name },
            Attester = new
            {
                Keystore = KeystoreFile(name, ValidatorKeys[index]), PasswordFile = Path.Combine(_folder, "password"),
                OverBus = bus, Relayers = bus ? [] : new[] { Api.Url.ToString() },
            },
            Sweeper = new { IntervalSeconds = 2 },
        });
        return Own(new Node(name, config, "watch,attest", Secrets(database, bus), _folder));
    }

    private Dictionary<string, object> Chains(Uri? home = null, Uri? far = null, string? proof = null) => new[] { Home, Far }.ToDictionary(chain => chain.Name, object (chain) => new
    {
        ChainId = chain.Id.Value,
        Bridge = Contracts.Bridge.ToString(),
        Intents = Contracts.Intents.ToString(),
        StartBlock = Contracts.StartBlocks[chain.Id],
        Endpoints = new[] { ((chain == Far ? far : home) ?? chain.Url).ToString() },
        Proof = proof ?? _proof,
        PollMilliseconds = 200,
    });

    private Dictionary<string, string> Secrets(Database database, bool bus)
    {
        var secrets = new Dictionary<string, string> { ["Bridge__Database"] = database.ConnectionString };
        if (bus) secrets["Bridge__Bus__RabbitMq"] = _broker ?? Machine.RabbitMq;
        return secrets;
    }

    private async Task<Database> DatabaseAsync(string label)
    {
        var database = Own(await Database.CreateAsync(label));
        await ChildProcess.RunAsync("dotnet", [Machine.Assembly("Bridge.Relayer", "bridge"), "migrate"],
            new Dictionary<string, string> { ["Bridge__Database"] = database.ConnectionString }, _folder);
        return database;
    }

    private string KeystoreFile(string name, byte[] key)
    {
        var file = Path.Combine(_folder, name + ".keystore");
        if (!File.Exists(file)) Keystore.Create(file, Password, key, scryptN: 2);
        return file;
    }

    private static byte[] Key(string role, int index) =>
        Keccak256.Hash(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{role} {index} of the system tests"))).ToArray();

    private static Address AddressOf(byte[] key)
    {
        using var signer = LocalSigner.FromPrivateKey(key);
        return signer.Address;
    }

    private T Own<T>(T owned) where T : IAsyncDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
