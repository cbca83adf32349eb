using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Bridge.Api.Streams;

/// <summary>Names the parameters of the stream in the published description: they are read by hand, so that each error can name its own.</summary>
internal static class StreamDescription
{
    private static readonly (string Name, string Description)[] Parameters =
    [
        ("chain", "Source or destination chain, CAIP-2 or a plain number."), ("source", "Chain, CAIP-2 or a plain number."),
        ("destination", "Chain, CAIP-2 or a plain number."), ("account", "Sender or recipient."), ("asset", "Asset id."),
        ("status", "PENDING, HELD, ACTION_REQUIRED, DONE, REFUNDED or FAILED."), ("after", "An event's id, for those that cannot send Last-Event-ID."),
    ];

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        operation.Parameters ??= [];
        foreach (var (name, description) in Parameters)
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Query, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        return Task.CompletedTask;
    }
}
