using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Bridge.Store;

namespace Bridge.Api.Webhooks;

/// <summary>Sends what is due. Each webhook is told one thing at a time, so that one that is slow or never answers holds up itself alone.</summary>
internal sealed class WebhookSender(WebhookQueue queue, WebhookTargets targets, TimeProvider time, ILogger<WebhookSender> log) : BackgroundService
{
    private const int AtOnce = 8;
    private const int MostOfAnswer = 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Guid, bool> _busy = new();
    private readonly SemaphoreSlim _claiming = new(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = WebhookHttp.Create(targets);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync(http, stoppingToken)));
    }

    private async Task WorkAsync(HttpClient http, CancellationToken ct)
    {
        await Task.Yield();
        while (!ct.IsCancellationRequested)
        {
            var did = false;
            try
            {
                did = await NextAsync(http, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("webhooks are not sent: {Error}. Trying again", e.Message);
            }
            if (!did) await Task.Delay(Pause, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> NextAsync(HttpClient http, CancellationToken ct)
    {
        if (await ClaimAsync(ct) is not var (delivery, webhook)) return false;
        try
        {
            var attempt = await SendAsync(http, delivery, webhook, ct);
            var delivered = attempt.Status is >= 200 and < 300;
            var next = delivered ? null : WebhookSchedule.After(delivery.Tries);
            var disable = delivered || next is not null ? null : $"{WebhookSchedule.Tries} tries over a day failed; the last: {attempt.Note ?? $"status {attempt.Status}"}";
            if (disable is not null) log.LogWarning("webhook {Webhook} is disabled: {Reason}", webhook.Id, disable);
            await queue.RecordAsync(delivery, attempt, delivered, next, disable, ct);
            return true;
        }
        finally
        {
            _busy.TryRemove(webhook.Id, out _);
        }
    }

    /// <summary>One worker at a time, so that two do not take two of the same webhook.</summary>
    private async Task<(WebhookDelivery Delivery, Webhook Webhook)?> ClaimAsync(CancellationToken ct)
    {
        await _claiming.WaitAsync(ct);
        try
        {
            var claimed = await queue.ClaimAsync([.. _busy.Keys], ct);
            if (claimed is var (_, webhook)) _busy[webhook.Id] = true;
            return claimed;
        }
        finally
        {
            _claiming.Release();
        }
    }

    public override void Dispose()
    {
        _claiming.Dispose();
        base.Dispose();
    }

    private async Task<WebhookAttempt> SendAsync(HttpClient http, WebhookDelivery delivery, Webhook webhook, CancellationToken ct)
    {
        var (at, began) = (time.GetUtcNow(), Stopwatch.GetTimestamp());
        try
        {
            var url = await targets.CheckAsync(webhook.Url, ct);
            using var request = Request(url, delivery, webhook, at);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(WebhookHttp.Timeout);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return new WebhookAttempt(at, Took(began), (int)response.StatusCode, response.IsSuccessStatusCode ? null : await BeginningAsync(response, limit.Token));
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is TargetRefusedException or HttpRequestException or OperationCanceledException or IOException)
        {
            return new WebhookAttempt(at, Took(began), null, e is OperationCanceledException ? $"no answer in {WebhookHttp.Timeout.TotalSeconds:0} s" : (e.InnerException as TargetRefusedException ?? e).Message);
        }
    }

    private static HttpRequestMessage Request(Uri url, WebhookDelivery delivery, Webhook webhook, DateTimeOffset at)
    {
        var id = delivery.Id.ToString();
        var signatures = new[] { webhook.Secret, webhook.PreviousSecret }.OfType<byte[]>().Select(secret => WebhookSignature.Sign(secret, id, at, delivery.Body));
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", WebhookSignature.Timestamp(at));
        request.Headers.TryAddWithoutValidation("webhook-signature", string.Join(' ', signatures));
        return request;
    }

    /// <summary>A little of what was answered, for whoever looks for the fault; the rest is never read.</summary>
    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if ((int)response.StatusCode is >= 300 and < 400) return "redirects are not followed";
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[MostOfAnswer];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        var text = new string([.. buffer.Take(read).Select(b => (char)b).Where(c => c is >= ' ' and <= '~')]);
        return text.Length == 0 ? null : text;
    }

    private static int Took(long began) => (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}
