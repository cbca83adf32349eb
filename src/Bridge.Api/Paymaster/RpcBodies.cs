using System.Text.Json;

namespace Bridge.Api.Paymaster;

/// <summary>A request of JSON-RPC 2.0. Never several at once.</summary>
/// <param name="Method">pm_getPaymasterStubData or pm_getPaymasterData.</param>
/// <param name="Params">The operation, the EntryPoint, the chain id as 0x and hex, and a context, which is not used.</param>
public sealed record RpcRequestBody(string Jsonrpc, JsonElement Id, string Method, JsonElement Params);

/// <summary>One of result and error.</summary>
/// <param name="Id">As it was asked; null where that cannot be read.</param>
public sealed record RpcAnswerBody(string Jsonrpc, JsonElement Id, PaymasterDataBody? Result = null, RpcErrorBody? Error = null);

/// <param name="Code">-32700 to -32600 as JSON-RPC has them; -32001: not sponsored; -32002: no sponsor answers; -32005: too much waits.</param>
/// <param name="Message">What is wrong, and what to do.</param>
public sealed record RpcErrorBody(int Code, string Message);

/// <summary>ERC-7677.</summary>
/// <param name="PaymasterVerificationGasLimit">With a stub only; it is part of what is approved.</param>
/// <param name="IsFinal">False with a stub: ask pm_getPaymasterData before the account signs.</param>
public sealed record PaymasterDataBody(
    string Paymaster, string PaymasterData, string? PaymasterVerificationGasLimit = null, string? PaymasterPostOpGasLimit = null, bool? IsFinal = null);
