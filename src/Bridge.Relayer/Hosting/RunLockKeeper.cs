using Bridge.Relayer.Cli;
using Bridge.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Hosting;

/// <summary>Holds the database's run lock for as long as this process runs, and takes it again after the database was away.</summary>
public sealed class RunLockKeeper(RunLock runLock, IHostApplicationLifetime lifetime, ILogger<RunLockKeeper> log) : BackgroundService
{
    private const string Rebuilding = "A rebuild of this database is under way. Start again when it is done.";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private HeldRunLock? _held;

    /// <exception cref="UserException">A rebuild holds the lock.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _held = await runLock.TryShareAsync(cancellationToken) ?? throw new UserException(Rebuilding);
        }
        catch (Npgsql.NpgsqlException e) when (e.IsTransient)
        {
            log.LogWarning("the run lock waits for the database: {Error}", e.Message);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested && !await KeepAsync(stoppingToken)) return;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_held is { } held) await held.DisposeAsync();
    }

    /// <summary>False once a rebuild has it: then nothing of this process may write.</summary>
    private async Task<bool> KeepAsync(CancellationToken ct)
    {
        try
        {
            if (_held is not null) await _held.ConfirmAsync(ct);
            else if ((_held = await runLock.TryShareAsync(ct)) is null)
            {
                log.LogCritical("{Reason}", Rebuilding);
                lifetime.StopApplication();
                return false;
            }
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or System.Net.Sockets.SocketException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.LogWarning("the run lock went with its connection: {Error}. Taking it again", e.Message);
            await DropAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        return true;
    }

    private async Task DropAsync()
    {
        if (_held is not { } lost) return;
        _held = null;
        try
        {
            await lost.DisposeAsync();
        }
        catch (Npgsql.NpgsqlException e)
        {
            log.LogDebug("closing the lost connection: {Error}", e.Message);
        }
    }
}
