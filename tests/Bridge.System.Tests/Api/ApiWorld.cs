using Bridge.Core;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.SystemTests.Api;

/// <summary>The API's process over a database whose rows were written through the store, as a watcher writes them.</summary>
public sealed class ApiWorld : IAsyncLifetime
{
    public static readonly ChainId Home = new(918001), Far = new(918002);
    public static readonly Lane Lane = new(Home, Far);
    public static readonly Address Alice = new([.. new byte[19], 0xa1]), Bob = new([.. new byte[19], 0xb0]);
    private static readonly Address Bridge = new([.. new byte[19], 0xbb]);

    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-api-").FullName;
    private Database _database = null!;
    private ServiceProvider _services = null!;
    private Hash32 _hash = RollingHash.LaneId(Lane, Bridge, Bridge);
    private ulong _height = 10;
    private ulong _sequence;

    internal ApiProcess Api { get; private set; } = null!;
    public IServiceProvider Services => _services;

    public async Task InitializeAsync()
    {
        _database = await Database.CreateAsync("api");
        _services = new ServiceCollection().AddBridgeStore(_database.ConnectionString).BuildServiceProvider();
        await _services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        foreach (var chain in new[] { Home, Far })
            await Chains.StartAsync(chain, Block(10).Ref(), CancellationToken.None);
        // Why a transfer waits depends on whether its chain has any finality: the tests may run in any order.
        await FinalizeAsync();
        await _services.GetRequiredService<DirectoryStore>().SaveAssetsAsync([new AssetRow(Home, new AssetId(1), Bob, "lock", "TUSD", 6)], CancellationToken.None);
        Api = await ApiProcess.StartAsync(_database.ConnectionString, _folder);
    }

    /// <summary>One more message in a block of its own; not final.</summary>
    public async Task<Hash32> SentAsync(Address sender, Address recipient, UInt128 amount)
    {
        var message = Message.Transfer(new AssetId(1), sender, recipient, amount, 1);
        var wire = MessageCodec.Encode(message);
        var laneId = RollingHash.LaneId(Lane, Bridge, Bridge);
        _hash = RollingHash.Fold(_hash, wire);
        var previous = Block(_height).Ref();
        var block = Block(++_height);
        var sent = new SentFact(Lane, new Sequence(++_sequence), _hash, laneId, wire, message, block, Transaction(_sequence), 0);
        await Chains.RecordAsync(new ChainFacts(Home, previous, [block], [sent], [], [], [], block.Ref()), CancellationToken.None);
        return _hash;
    }

    public static Hash32 Transaction(ulong number) => Keccak256.Hash(BitConverter.GetBytes(number));

    public Task FinalizeAsync() => Chains.FinalizeAsync(Home, Block(_height).Ref(), CancellationToken.None);

    public async Task DisposeAsync()
    {
        await Api.DisposeAsync();
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ChainStore Chains => _services.GetRequiredService<ChainStore>();

    private static BlockFact Block(ulong height) =>
        new(height, Keccak256.Hash(BitConverter.GetBytes(height)), Keccak256.Hash(BitConverter.GetBytes(height - 1)), DateTimeOffset.UnixEpoch.AddSeconds(height));
}

internal static class BlockFacts
{
    public static BlockRef Ref(this BlockFact block) => new(block.Height, block.Hash);
}
