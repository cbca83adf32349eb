using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using MassTransit;
using MassTransit.Logging;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Bridge.Relayer.Bus;

/// <summary>
/// Keeps a bus that works. A connection that breaks while it is being used can wedge the client library for good: everything that is published
/// then waits for ever, although the broker is back. So the bus is probed, and one that does not work while the broker answers a connection of
/// its own is replaced by a fresh one.
/// </summary>
public sealed class BusKeeper : Worker
{
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Wedged = TimeSpan.FromSeconds(6);

    private readonly BusFactory _factory;
    private readonly string _node;
    private readonly TimeProvider _time;
    private readonly ILogger<BusKeeper> _log;
    private volatile IBusControl _current;
    private long _worked;

    public BusKeeper(BusFactory factory, BridgeOptions options, TimeProvider time, ILoggerFactory loggers, DirectoryStore directory, ILogger<BusKeeper> log)
        : base($"bus {string.Join('+', options.Roles)}", directory, log)
    {
        (_factory, _node, _time, _log) = (factory, options.Bus.Node, time, log);
        LogContext.ConfigureCurrentLogContext(loggers);
        _current = factory.Create();
        _worked = time.GetTimestamp();
    }

    /// <summary>The bus of this moment; not to be kept.</summary>
    public IBus Current => _current;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Begin(_current);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await EndAsync(_current);
    }

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        var fault = await FaultAsync(ct);
        if (fault is null)
        {
            _worked = _time.GetTimestamp();
            return null;
        }
        if (_time.GetElapsedTime(_worked) > Wedged && await AnswersAsync(ct))
        {
            _log.LogError("the bus has not worked for {Seconds} s although the broker answers ({Fault}); a fresh one takes its place", (int)_time.GetElapsedTime(_worked).TotalSeconds, fault);
            Replace();
        }
        return $"{fault}. Everything still arrives, later";
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(ProbeEvery, _time, ct);

    private async Task<string?> FaultAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await _current.Publish(new StillReached(_node), limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return $"the broker does not take messages: {e.Message.TrimEnd('.')}";
        }
        var health = _current.CheckHealth();
        return health.Status is BusHealthStatus.Healthy ? null : $"not every queue is listened to: {health.Description?.TrimEnd('.')}";
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        if (_factory.Broker is not { } broker) return true;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            var connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(limit.Token).WaitAsync(limit.Token);
            // Not awaited: closing is what may never end.
            _ = connection.CloseAsync(CancellationToken.None).ContinueWith(closed => closed.Exception, TaskScheduler.Default);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _log.LogDebug("the broker does not answer: {Error}", e.Message);
            return false;
        }
    }

    private void Replace()
    {
        var (old, fresh) = (_current, _factory.Create());
        Begin(fresh);
        _current = fresh;
        _worked = _time.GetTimestamp();
        _ = EndAsync(old);
    }

    /// <summary>Goes on trying by itself while the broker is away; nobody waits for it.</summary>
    private void Begin(IBusControl bus) => _ = Task.Run(async () =>
    {
        try
        {
            await bus.StartAsync();
        }
        catch (Exception e)
        {
            _log.LogWarning("the bus did not start: {Error}", e.Message);
        }
    });

    private async Task EndAsync(IBusControl bus)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            await bus.StopAsync(limit.Token).WaitAsync(Patience);
        }
        catch (Exception e)
        {
            // A wedged bus does not stop either. Its sockets are closed by whoever holds the other end, or with the process.
            _log.LogWarning("the bus did not stop: {Error}", e.Message);
        }
    }
}
