using System.Text.Json.Serialization;

namespace Bridge.Evm;

internal sealed record RpcRequest(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("params")] object?[] Parameters,
    [property: JsonPropertyName("jsonrpc")] string Version = "2.0");
