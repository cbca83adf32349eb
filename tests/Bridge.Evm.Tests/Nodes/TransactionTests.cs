using Bridge.Core;

namespace Bridge.Evm.Tests;

[Collection("anvil")]
public sealed class TransactionTests(Anvil anvil)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private async Task<byte[]> RawAsync(ulong nonceOffset = 0, UInt128? maxFee = null, byte[]? key = null)
    {
        using var signer = LocalSigner.FromPrivateKey(key ?? Anvil.RichKey);
        var nonce = await anvil.Client(1, new Middleman()).NonceAsync(signer.Address, pending: false, None);
        var fees = new GasFees(maxFee ?? 10_000_000_000, UInt128.Min(maxFee ?? 1, 1));
        return (await new Eip1559Transaction(Anvil.Chain, nonce + nonceOffset, fees, 100_000, Anvil.Logger, 5, [.. new byte[32], 9]).SignAsync(signer, None)).Raw;
    }

    private async Task<RpcErrorKind> RefusalAsync(byte[] raw) =>
        (await Should.ThrowAsync<RpcException>(() => anvil.Client(1, new Middleman()).BroadcastAsync(raw, None))).Kind;

    [Fact]
    public async Task A_transaction_is_taken_mined_and_its_receipt_found()
    {
        var chain = anvil.Client(2, new Middleman(), new Middleman());
        var raw = await RawAsync();
        var hash = await chain.BroadcastAsync(raw, None);
        hash.ShouldBe(Keccak256.Hash(raw));
        (await chain.ReceiptAsync(hash, None)).ShouldBeNull();
        (await chain.KnowsTransactionAsync(hash, None)).ShouldBeTrue();
        (await chain.KnowsTransactionAsync(new Hash32(new byte[32]), None)).ShouldBeFalse();

        await anvil.MineAsync();
        var receipt = await chain.ReceiptAsync(hash, None);
        receipt!.Succeeded.ShouldBeTrue();
        receipt.Transaction.ShouldBe(hash);
        receipt.Block.ShouldBe((await chain.HeadAsync(None)).Ref);
        receipt.GasUsed.ShouldBeInRange(21_000ul, 100_000ul);
        receipt.EffectiveGasPrice.ShouldBeGreaterThan((UInt128)0);
        receipt.Logs.Single().Data.ShouldBe([9]);
        (await RefusalAsync(raw)).ShouldBe(RpcErrorKind.NonceTooLow);
    }

    [Fact]
    public async Task A_transaction_that_a_node_knows_already_counts_as_sent()
    {
        var raw = await RawAsync();
        var chain = anvil.Client(1, new Middleman());
        var hash = await chain.BroadcastAsync(raw, None);
        (await chain.BroadcastAsync(raw, None)).ShouldBe(hash);
        await anvil.MineAsync();
    }

    [Fact]
    public async Task One_endpoint_that_takes_a_transaction_is_enough()
    {
        var refusing = Middleman.Failing("eth_sendRawTransaction", -32000, "txpool is full");
        var raw = await RawAsync();
        (await anvil.Client(2, refusing, new Middleman(), refusing).BroadcastAsync(raw, None)).ShouldBe(Keccak256.Hash(raw));
        await anvil.MineAsync();
    }

    [Fact]
    public async Task When_nobody_takes_it_the_most_telling_refusal_is_thrown()
    {
        var full = Middleman.Failing("eth_sendRawTransaction", -32000, "txpool is full");
        var low = Middleman.Failing("eth_sendRawTransaction", -32000, "nonce too low: next nonce 5, tx nonce 4");
        var refusal = await Should.ThrowAsync<RpcException>(async () => await anvil.Client(1, full, low, full).BroadcastAsync(await RawAsync(), None));
        refusal.Kind.ShouldBe(RpcErrorKind.NonceTooLow);
        refusal.Message.ShouldStartWith("http://node1.test:80: nonce too low");
    }

    [Fact]
    public async Task An_endpoint_that_names_another_hash_has_not_taken_it()
    {
        var liar = Middleman.Replying("eth_sendRawTransaction", $"0x{new string('e', 64)}");
        var refusal = await Should.ThrowAsync<RpcException>(async () => await anvil.Client(1, liar).BroadcastAsync(await RawAsync(), None));
        refusal.Kind.ShouldBe(RpcErrorKind.InvalidResponse);
        await anvil.MineAsync();
    }

    [Fact]
    public async Task Anvils_own_refusals_are_told_apart()
    {
        await anvil.MineAsync();
        await anvil.Client(1, new Middleman()).BroadcastAsync(await RawAsync(), None);
        (await RefusalAsync(await RawAsync(maxFee: 9_999_999_999))).ShouldBe(RpcErrorKind.Underpriced);
        await anvil.MineAsync();
        await anvil.AdminAsync("anvil_setNextBlockBaseFeePerGas", "0x3b9aca00");
        (await RefusalAsync(await RawAsync(key: Keccak256.Hash("poor"u8).ToArray()))).ShouldBe(RpcErrorKind.InsufficientFunds);
        (await RefusalAsync(await RawAsync(maxFee: 1))).ShouldBe(RpcErrorKind.FeeTooLow);
    }

    [Fact]
    public async Task A_receipt_that_contradicts_itself_is_refused()
    {
        var chain = anvil.Client(1, new Middleman());
        var hash = await chain.BroadcastAsync(await RawAsync(), None);
        await anvil.MineAsync();
        foreach (var (field, value) in new[] { ("status", "0x2"), ("transactionHash", $"0x{new string('e', 64)}"), ("blockHash", $"0x{new string('e', 64)}") })
        {
            var liar = Middleman.Altering("eth_getTransactionReceipt", receipt => receipt[field] = value);
            (await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(1, liar).ReceiptAsync(hash, None))).Message.ShouldContain("contradicts itself");
        }
    }

    [Fact]
    public async Task A_receipt_is_taken_from_any_endpoint_and_missing_only_if_a_quorum_says_so()
    {
        var hash = await anvil.Client(1, new Middleman()).BroadcastAsync(await RawAsync(), None);
        await anvil.MineAsync();
        var forgetful = Middleman.Replying("eth_getTransactionReceipt", null);
        var down = new Middleman { Answer = _ => throw new HttpRequestException("down") };
        (await anvil.Client(2, forgetful, new Middleman { Delay = TimeSpan.FromMilliseconds(100) }).ReceiptAsync(hash, None)).ShouldNotBeNull();
        (await anvil.Client(1, forgetful).ReceiptAsync(hash, None)).ShouldBeNull();
        await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(2, forgetful, down).ReceiptAsync(hash, None));
    }

    [Fact]
    public async Task A_reverted_transaction_has_a_receipt_that_says_so()
    {
        using var signer = LocalSigner.FromPrivateKey(Anvil.RichKey);
        var chain = anvil.Client(1, new Middleman());
        var nonce = await chain.NonceAsync(signer.Address, pending: true, None);
        var (raw, hash) = await new Eip1559Transaction(Anvil.Chain, nonce, new GasFees(10_000_000_000, 1), 100_000, Anvil.Reverter, 0, [1]).SignAsync(signer, None);
        await chain.BroadcastAsync(raw, None);
        await anvil.MineAsync();
        (await chain.ReceiptAsync(hash, None))!.Succeeded.ShouldBeFalse();
    }
}
