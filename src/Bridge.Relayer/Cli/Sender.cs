using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;

namespace Bridge.Relayer.Cli;

/// <param name="Amount">Base units, fee included.</param>
internal sealed record SendOrder(ChainLink Source, ChainLink Destination, AssetId Asset, Address Token, Address Recipient, UInt128 Amount, UInt128 Fee);

/// <summary>A person's own transactions: approve what is missing, then send, each waited for until it is mined.</summary>
internal sealed class Sender(ISigner signer, SendOrder order)
{
    /// <summary>Returns the transfer's id.</summary>
    /// <exception cref="UserException">The balance does not suffice, or a transaction reverted.</exception>
    public async Task<Hash32> SendAsync(Action<string> tell, CancellationToken ct)
    {
        var token = new TokenContract(order.Source.Client, order.Token);
        var balance = await token.BalanceOfAsync(signer.Address, ct);
        if (balance < order.Amount) throw new UserException($"{signer.Address} holds {balance} base units, which is less than the {order.Amount} to send.");
        await SimulateAsync(ct);
        if (await token.AllowanceAsync(signer.Address, order.Source.BridgeAddress, ct) < order.Amount)
        {
            tell($"approving {order.Amount} base units for the Bridge");
            await MinedAsync(order.Token, TokenContract.EncodeApprove(order.Source.BridgeAddress, order.Amount), ct);
        }

        tell("sending");
        var receipt = await MinedAsync(order.Source.BridgeAddress, Send, ct);
        foreach (var log in receipt.Logs)
            if (log.Emitter == order.Source.BridgeAddress && BridgeEvents.TryDecode(log, out var decoded) && decoded is MessageSent sent)
            {
                tell($"sent in transaction {receipt.Transaction} as message {sent.Sequence} of lane {order.Source.Id}->{order.Destination.Id}");
                return sent.RollingHash;
            }
        throw new UserException($"transaction {receipt.Transaction} was mined, but the Bridge sent nothing in it. Is {order.Source.BridgeAddress} the Bridge?");
    }

    private byte[] Send => BridgeContract.EncodeSend(order.Destination.Id, order.Asset, order.Recipient, order.Amount, order.Fee);

    /// <summary>What the Bridge itself refuses costs nothing this way. What the token refuses may only be the allowance that is still missing.</summary>
    private async Task SimulateAsync(CancellationToken ct)
    {
        try
        {
            await order.Source.Client.EstimateGasAsync(signer.Address, order.Source.BridgeAddress, Send, ct);
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Reverted && Hex.TryParse(e.Data, out var data) && BridgeErrors.IsOwn(data))
        {
            throw new UserException($"The Bridge would refuse this: {RevertReason.Describe(data)}.");
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Reverted)
        {
            // The token: after the approval the send is simulated again.
        }
    }

    private Task<TransactionReceipt> MinedAsync(Address to, byte[] data, CancellationToken ct) =>
        new Transactions(signer, order.Source.Client, TimeSpan.FromMilliseconds(order.Source.Options.PollMilliseconds)).MinedAsync(to, data, ct);
}
