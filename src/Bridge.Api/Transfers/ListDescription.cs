using Bridge.Api.Description;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Bridge.Api.Transfers;

/// <summary>What the list can be asked for. A test holds it to what <see cref="TransferQuery"/> reads.</summary>
internal static class ListDescription
{
    private const string Account = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    private const string Time = "2026-01-02T03:04:05Z";

    private static readonly ParameterText[] Parameters =
    [
        new("txHash", "The transaction on either chain.", "0x1c8aff950685c2ed4bc3174f3472287b56d9517b9c948127319a09a7a36deac8"),
        new("account", "Sender or recipient.", Account),
        new("sender", "Account on the source chain.", Account),
        new("recipient", "Account on the destination chain.", Account),
        new("chain", "Source or destination chain, CAIP-2 or a plain number.", "eip155:8453"),
        new("source", "Chain, CAIP-2 or a plain number.", "eip155:8453"),
        new("destination", "Chain, CAIP-2 or a plain number.", "eip155:10"),
        new("asset", "Asset id.", "1"),
        new("status", $"{string.Join(", ", StatusFilter.Statuses.Keys)}.", "PENDING"),
        new("stage", $"{string.Join(", ", StatusFilter.Stages.Keys)}.", "ATTESTING"),
        new("validator", "A validator that signed over the transfer.", Account),
        new("executor", "Whoever delivered it.", Account),
        new("minAmount", "Base units, all that left the sender.", "1000000"),
        new("from", "First seen at that time or later, RFC 3339 with a zone.", Time),
        new("to", "First seen before that time, RFC 3339 with a zone. A range that ends in the past stays the same while transfers come in.", Time),
        new("updatedSince", "Changed at that time or later, RFC 3339 with a zone.", Time),
        new("sort", "createdAt (default), updatedAt or amount, the greatest first. The last two need an account, a transaction, or a range of at most 31 days. Sorted by updatedAt, what changes between two pages moves before the first.", "createdAt"),
        new("limit", "Transfers on a page, 1 to 500. Default 50.", "50", JsonSchemaType.Integer),
        new("cursor", "What the page before gave as next, with the same filter.", "AAECAwQFBgcICQoLDA0ODw"),
    ];

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        ParameterText.Add(operation, Parameters);
        return Task.CompletedTask;
    }
}
