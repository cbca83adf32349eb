using Bridge.Relayer.Bus;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Oracle;

/// <summary>Answers what the API asks about accounts. A caller of the API waits for it, so it is asked by bell.</summary>
public sealed class AccountAnswerer(AccountReading reading, AccountLooks looks, Bells bells, DirectoryStore directory, ILogger<AccountAnswerer> log)
    : Worker("accounts", directory, log)
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Bell _bell = bells.AccountAsked.Hang();

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        await looks.PurgeAsync(ct);
        await Each.DoAsync(
            await looks.OpenAsync(AtOnce, ct),
            async question => { if (await reading.ReadAsync(question, ct) is { } answer) await looks.SaveAsync(question, answer, ct); }, ct);
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => _bell.WaitAsync(Patience, ct);
}
