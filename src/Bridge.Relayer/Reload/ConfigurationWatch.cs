using Bridge.Relayer.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Reload;

/// <summary>Looks every second whether somebody has saved a configuration file, and has a good one taken over. A bad one changes nothing.</summary>
internal sealed class ConfigurationWatch(ConfigurationSource source, string started, Reloader reloader, ILogger<ConfigurationWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private string _known = started;
    private string? _seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested && IsSaved()) await TakeOverAsync(stoppingToken);
        }
    }

    /// <summary>Two looks see the same: nobody is in the middle of writing it.</summary>
    private bool IsSaved()
    {
        var now = source.Fingerprint();
        var saved = now != _known && now == _seen;
        _seen = now;
        if (saved) _known = now;
        return saved;
    }

    private async Task TakeOverAsync(CancellationToken ct)
    {
        try
        {
            var (root, options) = source.Load();
            await reloader.ApplyAsync(root, options, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogError("the changed configuration is refused, and what was in force stays: {Error} Mend the file; it is read again when it is saved", e.Message);
        }
    }
}
