using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Bridge.Api.Transfers;

/// <summary>Names the parameters of the list in the published description: they are read by hand, so that each error can name its own.</summary>
internal static class ListDescription
{
    private static readonly (string Name, string Description, string Example)[] Parameters =
    [
        ("account", "Sender or recipient.", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
        ("sender", "Account on the source chain.", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
        ("recipient", "Account on the destination chain.", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
        ("chain", "Source or destination chain, CAIP-2 or a plain number.", "eip155:8453"),
        ("source", "Chain, CAIP-2 or a plain number.", "eip155:8453"),
        ("destination", "Chain, CAIP-2 or a plain number.", "eip155:10"),
        ("asset", "Asset id.", "1"),
        ("status", "PENDING, ACTION_REQUIRED, DONE, REFUNDED or FAILED.", "PENDING"),
        ("limit", "Transfers on a page, 1 to 500. Default 50.", "50"),
        ("cursor", "What the page before gave as next, with the same filter.", ""),
    ];

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        operation.Parameters ??= [];
        foreach (var (name, description, example) in Parameters)
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Query, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = example.Length > 0 ? example : null,
            });
        return Task.CompletedTask;
    }
}
