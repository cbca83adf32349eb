using Bridge.Api.Description;
using Bridge.Api.Transfers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Bridge.Api.Streams;

/// <summary>What streams can be asked for. A test holds it to what is read.</summary>
internal static class StreamDescription
{
    private const string Event = "1042";

    private static readonly ParameterText[] Resume =
    [
        new("after", "An event's id, for those that cannot send Last-Event-ID.", Event),
        new("Last-Event-ID", "Goes on behind the event with this id.", Event, In: ParameterLocation.Header),
    ];

    private static readonly ParameterText[] Filters =
    [
        new("chain", "Source or destination chain, CAIP-2 or a plain number.", "eip155:8453"),
        new("source", "Chain, CAIP-2 or a plain number.", "eip155:8453"),
        new("destination", "Chain, CAIP-2 or a plain number.", "eip155:10"),
        new("account", "Sender or recipient.", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
        new("asset", "Asset id.", "1"),
        new("status", $"{string.Join(", ", StatusFilter.Statuses.Keys)}.", "PENDING"),
    ];

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        ParameterText.Add(operation, [.. Filters, .. Resume]);
        return Task.CompletedTask;
    }

    public static Task AddSocketAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        ParameterText.Add(operation, [.. Filters, Resume[0], new("named", "true: nothing is told until transfers are named.", "true")]);
        return Task.CompletedTask;
    }

    /// <summary>The other form in which a transfer's events are told.</summary>
    public static Task AddEventsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        ParameterText.Add(operation, Resume);
        operation.Responses!["200"].Content![EventStream.MediaType] = new OpenApiMediaType
        {
            Schema = new OpenApiSchemaReference(nameof(ChangeEventBody), context.Document), Example = Examples.Change(context),
        };
        return Task.CompletedTask;
    }
}
