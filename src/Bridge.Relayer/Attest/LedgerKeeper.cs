using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Attest;

/// <summary>Keeps a validator's accounts also where nothing is to be signed, so that forged value is known before anybody tries to move it.</summary>
public sealed class LedgerKeeper(LedgerCheck ledger, DirectoryStore directory, ILogger<LedgerKeeper> log) : Worker("ledger", directory, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        var broken = (await ledger.CheckAllAsync(ct)).Where(account => account.IsBroken).ToList();
        return broken.Count == 0 ? null : string.Join("; ", broken);
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(Interval, ct);
}
