using Bridge.Relayer.Bus;
using Bridge.Relayer.Watch;
using Bridge.SystemTests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.SystemTests;

public sealed class HeadAnnouncementsTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _end = new();
    private readonly Bell _bell = new();
    private Anvil _chain = null!;
    private TcpProxy _proxy = null!;
    private Task _listening = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _chain = await Anvil.StartAsync("announcing", 918_501);
        await _chain.StopMiningAsync();
        _proxy = TcpProxy.Before(_chain.Url.Host, _chain.Url.Port);
        _listening = new HeadAnnouncements(new Uri($"ws://127.0.0.1:{_proxy.Port}"), _bell, NullLogger.Instance).RunAsync(_end.Token);
        // The answer to the subscription rings, too: from here on blocks are announced.
        (await _bell.WaitAsync(Patience, default)).ShouldBeTrue();
    }

    public async Task DisposeAsync()
    {
        await _end.CancelAsync();
        await _listening;
        await _proxy.DisposeAsync();
        await _chain.DisposeAsync();
    }

    public void Dispose() => _end.Dispose();

    [Fact]
    public async Task A_block_rings_and_nothing_else_does()
    {
        (await _bell.WaitAsync(TimeSpan.FromSeconds(1), default)).ShouldBeFalse();
        await _chain.MineAsync();
        (await _bell.WaitAsync(Patience, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task After_a_connection_broke_blocks_ring_again()
    {
        _proxy.Cut();
        (await _bell.WaitAsync(Patience, default)).ShouldBeTrue();
        await _chain.MineAsync();
        (await _bell.WaitAsync(Patience, default)).ShouldBeTrue();
    }
}
