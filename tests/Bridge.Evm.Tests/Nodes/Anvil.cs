using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bridge.Core;

namespace Bridge.Evm.Tests;

/// <summary>A real node for the tests of one collection: chain 31337, blocks on demand, final two blocks below the head.</summary>
public sealed partial class Anvil : IAsyncLifetime
{
    /// <summary>Emits its calldata as a log: the first word is the topic, the rest the data. CALLDATACOPY, LOG1, STOP.</summary>
    private const string LoggerCode = "0x365f5f375f51602036036020a100";

    /// <summary>Returns its calldata.</summary>
    private const string EchoCode = "0x365f5f37365ff3";

    /// <summary>Reverts with its calldata.</summary>
    private const string ReverterCode = "0x365f5f37365ffd";

    public static readonly ChainId Chain = new(31337);
    public static readonly Address Logger = Address.Parse("0x1000000000000000000000000000000000000001");
    public static readonly Address Echo = Address.Parse("0x1000000000000000000000000000000000000002");
    public static readonly Address Reverter = Address.Parse("0x1000000000000000000000000000000000000003");
    public static readonly Address Elsewhere = Address.Parse("0x1000000000000000000000000000000000000004");

    /// <summary>The first account of the well-known test mnemonic, rich on every anvil.</summary>
    public static readonly byte[] RichKey = Hex.Parse("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    private static readonly HttpClient Http = RpcHttp.CreateClient();
    private Process? _process;
    private RpcEndpoint? _admin;

    /// <summary>More of anvil's.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public Uri Url { get; private set; } = new("http://127.0.0.1:1");

    public async Task InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("BRIDGE_ANVIL");
        if (string.IsNullOrEmpty(path)) throw new InvalidOperationException("BRIDGE_ANVIL is not set: run through ops/with-services.");
        _process = Process.Start(new ProcessStartInfo(path, ["--port", "0", "--no-mining", "--slots-in-an-epoch", "1", "--order", "fifo", .. Options])
        {
            RedirectStandardOutput = true,
        })!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            if (Listening().Match(line) is { Success: true } match)
            {
                Url = new Uri($"http://127.0.0.1:{match.Groups[1].Value}");
                break;
            }
        // Nobody reads the pipe from here on, and a full one would stop the node.
        _ = _process.StandardOutput.ReadToEndAsync();
        _admin = new RpcEndpoint(Url, Http, new RpcOptions());
        foreach (var (address, code) in new[] { (Logger, LoggerCode), (Elsewhere, LoggerCode), (Echo, EchoCode), (Reverter, ReverterCode) })
            await AdminAsync("anvil_setCode", address.ToString(), code);
    }

    public Task DisposeAsync()
    {
        _process?.Kill();
        _process?.Dispose();
        return Task.CompletedTask;
    }

    public Task MineAsync(int blocks = 1) => AdminAsync("anvil_mine", $"0x{blocks:x}");

    public async Task<ulong> HeightAsync() =>
        ulong.Parse((await _admin!.CallAsync("eth_blockNumber", [], default)).GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Puts logs into a new block, one transaction each.</summary>
    public async Task LogAsync(Address logger, params byte[][] datas)
    {
        using var rich = LocalSigner.FromPrivateKey(RichKey);
        foreach (var data in datas)
            await AdminAsync("eth_sendTransaction", new { from = rich.Address.ToString(), to = logger.ToString(), data = Hex.Format([.. new byte[32], .. data]), gas = "0x186a0" });
        await MineAsync();
    }

    public Task<JsonElement> AdminAsync(string method, params object[] parameters) => _admin!.CallAsync(method, parameters, default);

    /// <summary>Endpoints that lead to this node through handlers that may alter what it says.</summary>
    internal ChainClient Client(int quorum, params Middleman[] middlemen) => Client(quorum, new RpcOptions { RetryDelay = TimeSpan.FromMilliseconds(1) }, middlemen);

    internal ChainClient Client(int quorum, RpcOptions options, params Middleman[] middlemen) => Client(quorum, options, TimeProvider.System, middlemen);

    internal ChainClient Client(int quorum, RpcOptions options, TimeProvider time, params Middleman[] middlemen) =>
        new(Chain, [.. middlemen.Select((m, i) => m.Endpoint(Url, i, options))], quorum, time);

    [GeneratedRegex(@"Listening on 127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}

[CollectionDefinition("anvil")]
public sealed class AnvilCollection : ICollectionFixture<Anvil>;
