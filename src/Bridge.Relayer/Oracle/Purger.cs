using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Oracle;

/// <summary>Removes what the API wrote and nobody needs any more. The API itself may remove nothing.</summary>
public sealed class Purger(QuoteStore quotes, IdempotencyStore idempotency, WebhookQueue webhooks, SponsorshipStore sponsorships, DirectoryStore directory, ILogger<Purger> log)
    : Worker("purge", directory, log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        await quotes.PurgeAsync(ct);
        await idempotency.PurgeAsync(ct);
        await webhooks.PurgeAsync(ct);
        await sponsorships.PurgeAsync(ct);
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(Every, ct);
}
