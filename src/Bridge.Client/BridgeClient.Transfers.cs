using System.Globalization;
using System.Runtime.CompilerServices;

namespace Bridge.Client;

public sealed partial class BridgeClient
{
    /// <summary>What a transfer costs, how long it takes, and the steps that make it.</summary>
    public Task<Quote> CreateQuoteAsync(QuoteRequest request, CancellationToken ct = default) =>
        _api.PostAsync("v1/quotes", Json(request, ApiJson.Default.QuoteRequest), null, ApiJson.Default.Quote, ct);

    /// <summary>Registers a transfer that was sent, or hands in the signature of one that a submitter shall send.</summary>
    /// <param name="idempotencyKey">The same one when it is asked for again for the same thing; a fresh one is made where none is given.</param>
    public Task<Submitted> SubmitTransferAsync(TransferSubmission submission, string? idempotencyKey = null, CancellationToken ct = default) =>
        _api.PostAsync("v1/transfers", Json(submission, ApiJson.Default.TransferSubmission), Key(idempotencyKey), ApiJson.Default.Submitted, ct);

    /// <summary>Has the gas of an ERC-4337 account's operation paid, which sends a transfer. What is not paid for is told in the answer, and not thrown.</summary>
    public Task<PaymasterAnswer> AskPaymasterAsync(PaymasterRequest request, CancellationToken ct = default) =>
        _api.PostAsync("v1/paymaster", Json(request, ApiJson.Default.PaymasterRequest), null, ApiJson.Default.PaymasterAnswer, ct);

    /// <summary>Where a signed transfer, or a retry, is on its way to the chain.</summary>
    public Task<Intent> GetIntentAsync(string intentId, CancellationToken ct = default) => _api.GetAsync($"v1/intents/{Uri.EscapeDataString(intentId)}", ApiJson.Default.Intent, ct);

    /// <param name="id">The transfer's id, or its transaction on either chain.</param>
    /// <param name="logIndex">Which of the transfers that the source's transaction carries; null for the only one.</param>
    public Task<Transfer> GetTransferAsync(string id, int? logIndex = null, CancellationToken ct = default) => _api.GetAsync(Path(id, "", logIndex), ApiJson.Default.Transfer, ct);

    /// <summary>As <see cref="GetTransferAsync"/>, for a transaction that was sent just now: asks again while its block has not been read.</summary>
    /// <param name="patience">After that the API's TRANSFER_NOT_INDEXED is thrown: a transaction that never comes is not waited for for ever.</param>
    public async Task<Transfer> FindTransferAsync(string id, TimeSpan patience, CancellationToken ct = default)
    {
        var (time, begun) = (_api.Options.Time, _api.Options.Time.GetTimestamp());
        while (true)
        {
            try
            {
                return await GetTransferAsync(id, null, ct).ConfigureAwait(false);
            }
            catch (BridgeApiException e) when (e.Code == "TRANSFER_NOT_INDEXED" && time.GetElapsedTime(begun) < patience)
            {
                await Task.Delay(e.RetryAfter ?? Retries.Pause(1), time, ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One page; <see cref="AllTransfersAsync"/> reads all of them.</summary>
    /// <param name="limit">1 to 500.</param>
    /// <param name="cursor">What the page before gave as next, with the same filter.</param>
    public Task<TransferPage> ListTransfersAsync(TransferFilter? filter = null, int limit = 50, string? cursor = null, CancellationToken ct = default) => _api.GetAsync(
        Query("v1/transfers", [.. (filter ?? new TransferFilter()).Query(), ("limit", limit.ToString(CultureInfo.InvariantCulture)), ("cursor", cursor)]), ApiJson.Default.TransferPage, ct);

    /// <summary>
    /// All pages, one after the other as they are needed. By the default order each transfer comes once, whatever happens meanwhile; those that come in
    /// meanwhile are left out.
    /// </summary>
    public async IAsyncEnumerable<Transfer> AllTransfersAsync(TransferFilter? filter = null, int pageSize = 200, [EnumeratorCancellation] CancellationToken ct = default)
    {
        string? cursor = null;
        do
        {
            var page = await ListTransfersAsync(filter, pageSize, cursor, ct).ConfigureAwait(false);
            foreach (var transfer in page.Transfers) yield return transfer;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>Every change of a transfer so far, oldest first.</summary>
    public Task<IReadOnlyList<Transition>> GetTransferEventsAsync(string id, int? logIndex = null, CancellationToken ct = default) =>
        _api.GetAsync(Path(id, "/events", logIndex), ApiJson.Default.IReadOnlyListTransition, ct);

    /// <summary>Every change of a transfer, from the first, until it is over. A connection that breaks is made again, and nothing is told twice or left out.</summary>
    /// <param name="lastEventId">Begins behind the event with this id.</param>
    /// <exception cref="IOException">The connection broke again and again, with nothing told between.</exception>
    public IAsyncEnumerable<ChangeEvent> FollowTransferAsync(string id, string? lastEventId = null, CancellationToken ct = default) =>
        new ChangeStream(_api).ReadAsync(Path(id, "/events", null), lastEventId, change => TransferStatus.IsOver(change.Data.Status), ct);

    /// <summary>
    /// Every change of every transfer that the filter wants, for ever. A connection that breaks is made again behind the last event; what happens
    /// between a first connection that breaks and the first event is told only if <paramref name="lastEventId"/> was given.
    /// </summary>
    /// <param name="lastEventId">Begins behind the event with this id; null: now.</param>
    /// <exception cref="IOException">The connection broke again and again, with nothing told between.</exception>
    public IAsyncEnumerable<ChangeEvent> FollowTransfersAsync(StreamFilter? filter = null, string? lastEventId = null, CancellationToken ct = default) =>
        new ChangeStream(_api).ReadAsync(Query("v1/stream", (filter ?? new StreamFilter()).Query()), lastEventId, _ => false, ct);

    /// <summary>The same over a WebSocket, for those who follow many transfers. It is not made again when it breaks: open another one behind the last id.</summary>
    /// <param name="after">Begins behind the event with this id; null: now.</param>
    /// <param name="named">True: nothing is told before <see cref="ChangeSocket.NameAsync"/> names transfers, which must be within ten seconds.</param>
    public async Task<ChangeSocket> OpenSocketAsync(StreamFilter? filter = null, string? after = null, bool named = false, CancellationToken ct = default) =>
        new(await _api.OpenSocketAsync(Query("v1/ws", [.. (filter ?? new StreamFilter()).Query(), ("after", after), ("named", named ? "true" : null)]), ct).ConfigureAwait(false));

    /// <summary>The validators' signatures over a transfer, and the call with which anybody delivers or retries it.</summary>
    public Task<TransferAttestation> GetTransferAttestationAsync(string id, int? logIndex = null, CancellationToken ct = default) =>
        _api.GetAsync(Path(id, "/attestation", logIndex), ApiJson.Default.TransferAttestation, ct);

    /// <summary>Has whoever could move a transfer on look at it now.</summary>
    /// <param name="idempotencyKey">As of <see cref="SubmitTransferAsync"/>.</param>
    public Task<Retry> RetryTransferAsync(string id, string? idempotencyKey = null, CancellationToken ct = default) =>
        _api.PostAsync(Path(id, "/retries", null), null, Key(idempotencyKey), ApiJson.Default.Retry, ct);

    /// <summary>Hands in a validator's attestation. Doing it twice is harmless.</summary>
    public Task<AcceptedAttestation> OfferAttestationAsync(OfferedAttestation attestation, CancellationToken ct = default) =>
        _api.PostAsync("v1/attestations", Json(attestation, ApiJson.Default.OfferedAttestation), null, ApiJson.Default.AcceptedAttestation, ct);

    private static string Path(string id, string rest, int? logIndex) =>
        Query($"v1/transfers/{Uri.EscapeDataString(id)}{rest}", [("logIndex", logIndex?.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>One key for all tries, so that what is done is done once.</summary>
    private static string Key(string? given) => given ?? Guid.NewGuid().ToString();
}
