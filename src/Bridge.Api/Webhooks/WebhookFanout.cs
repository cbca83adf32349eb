using Bridge.Store;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Bridge.Api.Webhooks;

/// <summary>Makes a delivery of each change of a transfer's status for each webhook that wants to know.</summary>
internal sealed class WebhookFanout(WebhookQueue queue, IOptions<JsonOptions> json, ILogger<WebhookFanout> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                var untold = await queue.UntoldAsync(AtOnce, stoppingToken);
                await queue.PutAsync([.. untold.Select(one => (one, Guid.CreateVersion7(), WebhookEnvelope.Of(one, json.Value.SerializerOptions)))], stoppingToken);
                more = untold.Count == AtOnce;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("webhooks are not prepared: {Error}. Trying again", e.Message);
            }
            if (!more) await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
