using System.Text.Json;
using static Bridge.Evm.RpcErrorKind;

namespace Bridge.Evm.Tests;

/// <summary>Anvil's replies were recorded from 1.7.1. The others are written as those nodes are known to word them, not recorded here.</summary>
public sealed class RpcErrorTests
{
    private const string Selector = "0x12345678";

    public static TheoryData<string, RpcErrorKind, int, string> Replies => new()
    {
        // anvil
        { "anvil", AlreadyKnown, -32003, "transaction already imported" },
        { "anvil", InsufficientFunds, -32003, "Insufficient funds for gas * price + value" },
        { "anvil", FeeTooLow, -32003, "max fee per gas less than block base fee" },
        { "anvil", NonceTooLow, -32003, "nonce too low" },
        { "anvil", Underpriced, -32003, "replacement transaction underpriced" },
        { "anvil", Unknown, -32000, "intrinsic gas too low" },
        { "anvil", Unknown, -32003, "invalid chain id for signer" },
        { "anvil", Unknown, -32602, "Failed to decode transaction" },
        { "anvil", MethodNotFound, -32601, "Method not found" },
        { "anvil", NotFound, -32602, "BlockOutOfRangeError: block height is 5 but requested was 1048575" },
        { "anvil", Reverted, 3, "execution reverted: hi" },

        // geth
        { "geth", Reverted, 3, "execution reverted: not enough" },
        { "geth", Reverted, -32000, "execution reverted" },
        { "geth", NonceTooLow, -32000, "nonce too low: next nonce 5, tx nonce 4" },
        { "geth", NonceTooLow, -32000, "nonce too low: address 0x71562b71999873DB5b286dF957af199Ec94617F7, tx: 4 state: 5" },
        { "geth", AlreadyKnown, -32000, "already known" },
        { "geth", Underpriced, -32000, "replacement transaction underpriced" },
        { "geth", Underpriced, -32000, "replacement transaction underpriced: new tx gas fee cap 7 <= 7 queued + 10% replacement penalty" },
        { "geth", InsufficientFunds, -32000, "insufficient funds for gas * price + value: balance 0, tx cost 21000000000000, overshot 21000000000000" },
        { "geth", FeeTooLow, -32000, "max fee per gas less than block base fee: address 0x71562b71999873DB5b286dF957af199Ec94617F7, maxFeePerGas: 1, baseFee: 7" },
        { "geth", FeeTooLow, -32000, "transaction underpriced: gas tip cap 0, minimum needed 1" },
        { "geth", Pruned, -32000, "missing trie node 5d4ce71a (path ) state 0x5d4ce71a is not available, not found" },
        { "geth", Pruned, -32000, "historical state 0x5d4ce71a is not available" },
        { "geth", Pruned, 4444, "pruned history unavailable" },
        { "geth", NotFound, -32000, "header not found" },
        { "geth", NotFound, -39001, "Unknown block" },
        { "geth", NotFound, -32000, "finalized block not found" },
        { "geth", NotFound, -32000, "invalid block range params" },
        { "geth", NotFound, -32602, "block range extends beyond current head block" },
        { "geth", RpcErrorKind.Timeout, -32002, "request timed out" },
        { "geth", RpcErrorKind.Timeout, -32000, "execution aborted (timeout = 5s)" },
        { "geth", RangeTooLarge, -32003, "response too large" },
        { "geth", MethodNotFound, -32601, "the method eth_foo does not exist/is not available" },
        { "geth", Unknown, -32000, "txpool is full" },
        { "geth", Unknown, -32000, "exceeds block gas limit" },

        // reth
        { "reth", NonceTooLow, -32000, "nonce too low: next nonce 5, tx nonce 4" },
        { "reth", AlreadyKnown, -32000, "already known" },
        { "reth", Underpriced, -32000, "replacement transaction underpriced" },
        { "reth", FeeTooLow, -32000, "transaction underpriced" },
        { "reth", FeeTooLow, -32000, "max fee per gas less than block base fee" },
        { "reth", InsufficientFunds, -32003, "insufficient funds for gas * price + value: have 0 want 21000" },
        { "reth", Reverted, 3, "execution reverted: custom error 0x12345678" },
        { "reth", RangeTooLarge, -32602, "query exceeds max block range 100000" },
        { "reth", RangeTooLarge, -32602, "query exceeds max results 20000, retry with the range 100-200" },
        { "reth", NotFound, -32001, "block not found: 0x100" },
        { "reth", NotFound, -32001, "header not found" },
        { "reth", Pruned, -32000, "state at block #100 is pruned" },
        { "reth", Pruned, -32603, "no state found for block number 100" },
        { "reth", MethodNotFound, -32601, "Method not found" },

        // nethermind
        { "nethermind", Reverted, 3, "execution reverted" },
        { "nethermind", Reverted, -32015, "VM execution error." },
        { "nethermind", NonceTooLow, -32010, "OldNonce, Current nonce: 5, nonce of rejected tx: 4" },
        { "nethermind", AlreadyKnown, -32010, "AlreadyKnown" },
        { "nethermind", Underpriced, -32010, "ReplacementNotAllowed" },
        { "nethermind", FeeTooLow, -32010, "FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: 1, BaseFee: 7" },
        { "nethermind", FeeTooLow, -32010, "FeeTooLowToCompete" },
        { "nethermind", InsufficientFunds, -32010, "InsufficientFunds, Account balance: 0, cumulative cost: 21000" },
        { "nethermind", Pruned, -32002, "No state available for block 100 (0x5d4ce71a)" },
        { "nethermind", NotFound, -32001, "100 could not be found" },
        { "nethermind", RpcErrorKind.Timeout, -32016, "eth_call request was canceled due to enabled timeout." },
        { "nethermind", RangeTooLarge, -32005, "Too many logs requested. Max logs per response is 20000." },
        { "nethermind", MethodNotFound, -32601, "The method 'eth_foo' does not exist / is not available." },

        // providers and other clients
        { "infura", RangeTooLarge, -32005, "query returned more than 10000 results. Try with this block range [0x1, 0x2]." },
        { "infura", RateLimited, -32005, "daily request count exceeded, request rate limited" },
        { "alchemy", RangeTooLarge, -32602, "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range" },
        { "alchemy", RateLimited, 429, "Your app has exceeded its compute units per second capacity." },
        { "quicknode", RangeTooLarge, -32614, "eth_getLogs is limited to a 10,000 range" },
        { "bsc", RangeTooLarge, -32000, "exceed maximum block range: 50000" },
        { "avalanche", RangeTooLarge, -32000, "requested too many blocks from 0 to 9999, maximum is set to 2048" },
        { "nitro", RangeTooLarge, -32000, "logs matched by query exceeds limit of 10000" },
        { "any", RangeTooLarge, -32005, "too many results, please limit the query to at most 1000 blocks" },
        { "any", RangeTooLarge, -32701, "exceeds the range allowed for your plan" },
        { "erigon", Pruned, -32000, "old data not available due to pruning" },
        { "op proxy", RangeTooLarge, -32020, "backend response too large" },
        { "op proxy", RateLimited, -32016, "over rate limit" },
        { "any", RateLimited, -32005, "limit exceeded" },
        { "any", Unknown, -32603, "Internal error" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_reply_of_a_node_has_its_meaning(string node, RpcErrorKind expected, int code, string message) =>
        RpcErrors.Classify(code, message).ShouldBe(expected, node);

    [Theory]
    [InlineData("""{"code":3,"message":"execution reverted","data":"0x12345678"}""", Selector)]
    [InlineData("""{"code":-32015,"message":"VM execution error.","data":"Reverted 0x12345678"}""", Selector)]
    [InlineData("""{"code":-32603,"message":"transaction reverted","data":{"message":"reverted","data":"0x12345678"}}""", Selector)]
    [InlineData("""{"code":3,"message":"execution reverted","data":null}""", null)]
    [InlineData("""{"code":3,"message":"execution reverted"}""", null)]
    [InlineData("""{"code":-32015,"message":"VM execution error.","data":"revert"}""", null)]
    public void Revert_data_is_found_wherever_a_node_puts_it(string error, string? data)
    {
        var exception = RpcErrors.Read(new Uri("http://node.test"), JsonDocument.Parse(error).RootElement);
        exception.Kind.ShouldBe(Reverted);
        exception.Data.ShouldBe(data);
    }

    [Fact]
    public void What_a_node_says_cannot_forge_a_line_in_a_log()
    {
        var error = JsonDocument.Parse($$"""{"code":1,"message":"a\r\nERROR all is lost {{new string('x', 1000)}}"}""").RootElement;
        var exception = RpcErrors.Read(new Uri("http://node.test"), error);
        exception.Message.ShouldNotContain("\n");
        exception.Message.Length.ShouldBeLessThan(400);
    }

    [Theory]
    [InlineData("\"oops\"")]
    [InlineData("{}")]
    [InlineData("""{"code":"x","message":1}""")]
    public void An_error_without_a_message_is_an_invalid_response(string error) =>
        RpcErrors.Read(new Uri("http://node.test"), JsonDocument.Parse(error).RootElement).Kind.ShouldBe(InvalidResponse);
}
