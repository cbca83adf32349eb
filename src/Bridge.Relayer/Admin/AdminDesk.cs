using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Cli;

namespace Bridge.Relayer.Admin;

/// <param name="Print">Calldata for somebody else to send, in the place of a transaction.</param>
/// <param name="Yes">Goes on without asking.</param>
/// <param name="Json">The outcome as one JSON object; what a person reads goes to standard error.</param>
internal sealed record AdminManner(bool Print, bool Yes, bool Json);

/// <summary>Says in plain words what a transaction does, simulates it, asks, and only then sends it or prints it.</summary>
/// <param name="signer">Null where it is printed.</param>
internal sealed class AdminDesk(AdminChain chain, Address from, ISigner? signer, AdminManner manner)
{
    /// <returns>The exit code.</returns>
    /// <exception cref="UserException">Nobody was there to say yes, or whoever was said no.</exception>
    public async Task<int> DoAsync(AdminTransaction transaction, CancellationToken ct)
    {
        Tell($"On {chain}, from {from}:");
        foreach (var line in transaction.Summary) Tell($"- {line}");
        if (await SimulateAsync(transaction, ct) is not { } gas) return Common.Failed;
        Tell($"Simulated: it would succeed, with {gas} gas.");
        if (manner.Print || signer is null)
        {
            Report(transaction, gas, null);
            return 0;
        }
        Confirmation.Ask("Send it?", manner.Yes, "Nothing was sent");
        var receipt = await new Transactions(signer, chain.Client, chain.Poll).MinedAsync(transaction.To, transaction.Data, ct);
        Report(transaction, gas, receipt);
        return 0;
    }

    /// <summary>The gas it needs; null, with the reason told, where it would revert.</summary>
    private async Task<ulong?> SimulateAsync(AdminTransaction transaction, CancellationToken ct)
    {
        try
        {
            return await chain.Client.EstimateGasAsync(from, transaction.To, transaction.Data, ct);
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Reverted)
        {
            await Console.Error.WriteLineAsync($"Nothing was sent: the simulation ends with {RevertReason.Describe(e.Data ?? "0x")}.");
            return null;
        }
    }

    private void Report(AdminTransaction transaction, ulong gas, TransactionReceipt? receipt)
    {
        if (manner.Json)
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                chain = chain.Name, chainId = chain.Id.Value, from = from.ToString(), to = transaction.To.ToString(), value = "0", data = Hex.Format(transaction.Data),
                summary = transaction.Summary, gas, transaction = receipt?.Transaction.ToString(), block = receipt?.Block.Height,
            }));
        else if (receipt is not null) Console.WriteLine($"Done in transaction {receipt.Transaction}, block {receipt.Block.Height}.");
        else Console.WriteLine($"to    {transaction.To}\nvalue 0\ndata  {Hex.Format(transaction.Data)}");
    }

    private void Tell(string line) => (manner.Json ? Console.Error : Console.Out).WriteLine(line);
}
