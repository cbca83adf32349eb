using System.Text.Json;

namespace Bridge.Client;

/// <summary>A request of JSON-RPC 2.0 to the paymaster (ERC-7677).</summary>
/// <param name="Method">pm_getPaymasterStubData or pm_getPaymasterData.</param>
/// <param name="Params">The operation, the EntryPoint, the chain id as 0x and hex, and a context, which is not used.</param>
public sealed record PaymasterRequest(string Jsonrpc, JsonElement Id, string Method, JsonElement Params);

/// <summary>One of result and error.</summary>
public sealed record PaymasterAnswer(string Jsonrpc, JsonElement Id, PaymasterData? Result = null, PaymasterError? Error = null);

/// <param name="Message">What is wrong, and what to do.</param>
public sealed record PaymasterError(int Code, string Message);

/// <param name="PaymasterVerificationGasLimit">With a stub only; it is part of what is approved.</param>
/// <param name="IsFinal">False with a stub: ask pm_getPaymasterData before the account signs.</param>
public sealed record PaymasterData(
    string Paymaster, [property: System.Text.Json.Serialization.JsonPropertyName("paymasterData")] string Data,
    string? PaymasterVerificationGasLimit = null, string? PaymasterPostOpGasLimit = null, bool? IsFinal = null);
