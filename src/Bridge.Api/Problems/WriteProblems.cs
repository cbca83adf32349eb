namespace Bridge.Api.Problems;

/// <summary>What can be wrong with asking for a transfer, with who asks, and with asking twice.</summary>
internal static class WriteProblems
{
    public static readonly ProblemKind UnsupportedChain = new("UNSUPPORTED_CHAIN", 422, "The chain is not served here", false,
        "This deployment has no Bridge there, or nobody reads it. GET /v1/chains lists those it serves.");

    public static readonly ProblemKind UnsupportedAsset = new("UNSUPPORTED_ASSET", 422, "The asset is not served here", false,
        "No such asset is registered on that chain. GET /v1/assets lists them, with their forms on each chain.");

    public static readonly ProblemKind NoRoute = new("NO_ROUTE", 422, "No route carries this", false,
        "The member rejected says of each route why. Change what it names.");

    public static readonly ProblemKind AmountTooLow = new("AMOUNT_TOO_LOW", 422, "The amount does not cover the fees", false,
        "Send at least params.min base units.");

    public static readonly ProblemKind AmountTooHigh = new("AMOUNT_TOO_HIGH", 422, "The amount is above what can ever pass", false,
        "Send at most params.max base units at once.");

    public static readonly ProblemKind LimitExceeded = new("LIMIT_EXCEEDED", 422, "The bucket does not hold that much now", true,
        "Wait until availableAt, or send at most params.max now.");

    public static readonly ProblemKind LanePaused = new("LANE_PAUSED", 503, "The lane stands still", true,
        "A guardian paused it or an operator has to look at it; the detail says what and until when. Funds that are underway are safe.");

    public static readonly ProblemKind ChainUnavailable = new("CHAIN_UNAVAILABLE", 503, "The chain cannot be read now", true,
        "What is known of it is too old to promise anything. Try again in a minute.");

    public static readonly ProblemKind QuoteExpired = new("QUOTE_EXPIRED", 410, "The quote is not valid any more", false,
        "Ask for a new quote, and sign what that one says.");

    public static readonly ProblemKind TooMany = new("TOO_MANY", 429, "Too much of it waits already", true,
        "Somebody's share, or everybody's together, is used up; the detail says which. Nothing was stored; ask again in a minute.");

    public static readonly ProblemKind IdempotencyKeyRequired = new("IDEMPOTENCY_KEY_REQUIRED", 400, "The request needs an Idempotency-Key", false,
        "Send a header Idempotency-Key of 1 to 255 visible ASCII characters, a fresh UUID for each thing you want done, and the same one when you ask again for the same thing.");

    public static readonly ProblemKind IdempotencyKeyReused = new("IDEMPOTENCY_KEY_REUSED", 422, "The Idempotency-Key was used for another request", false,
        "A key stands for one request for 24 hours. Use a fresh one.");

    public static readonly ProblemKind RequestInProgress = new("REQUEST_IN_PROGRESS", 409, "The same request is being done", true,
        "Ask again in a moment with the same Idempotency-Key; the answer will be the first one's.");

    public static readonly ProblemKind Unauthorized = new("UNAUTHORIZED", 401, "This needs a valid API key", false,
        "Send Authorization: Bearer and the key, never in the URL. Keys are made by the operator with 'bridge api-keys create'.");

    public static readonly ProblemKind Forbidden = new("FORBIDDEN", 403, "The API key may not do this", false,
        "The key lacks the scope that the detail names. Ask the operator for one that has it.");

    public static readonly ProblemKind WebhookRefused = new("WEBHOOK_URL_REFUSED", 422, "The webhook's URL is refused", false,
        "Give an https URL on port 443 or 8443, without a user and a fragment, whose host has only addresses on the public internet.");

    public static readonly ProblemKind NothingToDo = new("NOTHING_TO_DO", 409, "The transfer waits for nobody", false,
        "It has arrived, was refunded, or was replaced. GET the transfer to see which.");

    public static readonly IReadOnlyList<ProblemKind> All =
    [
        UnsupportedChain, UnsupportedAsset, NoRoute, AmountTooLow, AmountTooHigh, LimitExceeded, LanePaused, ChainUnavailable, QuoteExpired, TooMany,
        IdempotencyKeyRequired, IdempotencyKeyReused, RequestInProgress, Unauthorized, Forbidden, WebhookRefused, NothingToDo,
    ];
}
