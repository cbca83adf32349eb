using System.Globalization;
using System.Text.RegularExpressions;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.SystemTests.Harness;

/// <summary>A local chain with blocks every second, of which all but the newest two are final.</summary>
internal sealed partial class Anvil : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private readonly ChildProcess _process;

    private Anvil(string name, ChainId id, Uri url, ChildProcess process)
    {
        (Name, Id, Url, _process) = (name, id, url, process);
        Rpc = new RpcEndpoint(url, Http, new RpcOptions());
        Client = new ChainClient(id, [Rpc], 1);
    }

    public string Name { get; }
    public ChainId Id { get; }
    public Uri Url { get; }
    public RpcEndpoint Rpc { get; }
    public ChainClient Client { get; }

    public static async Task<Anvil> StartAsync(string name, ulong chainId)
    {
        var process = ChildProcess.Start(Machine.Anvil,
        [
            "--port", "0", "--chain-id", chainId.ToString(CultureInfo.InvariantCulture), "--block-time", "1", "--slots-in-an-epoch", "1",
            "--accounts", "10", "--gas-limit", "100000000",
        ]);
        for (var tries = 0; tries < 300; tries++)
        {
            if (Listening().Match(process.Output) is { Success: true } match) return new Anvil(name, new ChainId(chainId), new Uri($"http://{match.Groups[1].Value}"), process);
            if (process.HasExited) break;
            await Task.Delay(50);
        }
        throw new InvalidOperationException($"anvil did not start: {process.Output}");
    }

    /// <summary>Sends from one of anvil's own accounts, waits for the block, and returns the receipt.</summary>
    public async Task<TransactionReceipt> TransactAsync(Address from, Address to, byte[] data)
    {
        var sent = await Rpc.CallAsync("eth_sendTransaction",
            [new { from = from.ToString(), to = to.ToString(), data = Hex.Format(data), gas = "0x1e8480" }], CancellationToken.None);
        var hash = Hash32.Parse(sent.GetString()!);
        return await Eventually.NotNullAsync($"{hash} to be mined", () => Client.ReceiptAsync(hash, CancellationToken.None));
    }

    /// <summary>Sends all of it without waiting in between, and fails if one of them reverts.</summary>
    public async Task TransactManyAsync(Address from, Address to, IReadOnlyList<byte[]> calls)
    {
        var nonce = await Client.NonceAsync(from, pending: false, CancellationToken.None);
        var hashes = new List<Hash32>();
        foreach (var data in calls)
        {
            var sent = await Rpc.CallAsync("eth_sendTransaction",
                [new { from = from.ToString(), to = to.ToString(), data = Hex.Format(data), gas = "0x7a120", nonce = $"0x{nonce++:x}" }], CancellationToken.None);
            hashes.Add(Hash32.Parse(sent.GetString()!));
        }
        foreach (var hash in hashes)
            (await Eventually.NotNullAsync($"{hash} to be mined", () => Client.ReceiptAsync(hash, CancellationToken.None))).Succeeded.ShouldBeTrue("a transaction reverted");
    }

    public Task StopMiningAsync() => Rpc.CallAsync("evm_setIntervalMining", [0], CancellationToken.None);

    public Task StartMiningAsync() => Rpc.CallAsync("evm_setIntervalMining", [1], CancellationToken.None);

    public Task MineAsync() => Rpc.CallAsync("evm_mine", [], CancellationToken.None);

    public async Task<bool> HasPendingAsync() => await PendingAsync() > 0;

    /// <summary>How many transactions wait for a block.</summary>
    public async Task<int> PendingAsync() =>
        Convert.ToInt32((await Rpc.CallAsync("txpool_status", [], CancellationToken.None)).GetProperty("pending").GetString(), 16);

    public Task DropPendingAsync() => Rpc.CallAsync("anvil_dropAllTransactions", [], CancellationToken.None);

    public async Task<Address> AccountAsync(int index) =>
        Address.Parse((await Rpc.CallAsync("eth_accounts", [], CancellationToken.None))[index].GetString()!);

    public Task FundAsync(Address account) => Rpc.CallAsync("anvil_setBalance", [account.ToString(), "0x3635c9adc5dea00000"], CancellationToken.None);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"Listening on (127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
