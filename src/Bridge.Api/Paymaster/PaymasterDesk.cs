using System.Buffers.Binary;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Paymaster;

/// <summary>Asks a sponsor, which has the key and decides, and waits a few seconds for the answer.</summary>
internal sealed class PaymasterDesk(SponsorshipIntake intake, TimeProvider time)
{
    private const int NotSponsored = -32001;
    private const int NobodyAnswers = -32002;
    private const int TooMany = -32005;

    /// <summary>Gas of TransferPaymaster's check, and as much again: contracts/test/standards/Paymasters.t.sol.</summary>
    private const string VerificationGas = "0x186a0";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(40);

    // Of a real one's length and cost: bundlers estimate with it.
    private static readonly byte[] SampleSignature = [.. Enumerable.Repeat((byte)0xff, 15), 0xf0, .. new byte[16], 0x7a, .. Enumerable.Repeat((byte)0xaa, 31), 0x1c];

    public async Task<(PaymasterDataBody? Data, RpcErrorBody? Error)> AskAsync(
        SponsoredOperation operation, Address entryPoint, ChainId chain, bool isStub, string principal, CancellationToken ct)
    {
        if (await intake.PaymasterAsync(chain, ct) is not { } paymaster) return Error(NobodyAnswers, $"Nothing is sponsored on chain {chain} now. Pay with the account's own coin, or try again in a minute.");
        if (entryPoint != paymaster.EntryPoint) return Error(NotSponsored, $"The paymaster of chain {chain} works with the EntryPoint {paymaster.EntryPoint} only.");
        if (await intake.AskAsync(chain, isStub, operation, principal, ct) is not { } id) return Error(TooMany, "Too many operations wait to be judged; try again in a few seconds.");
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Longest)
        {
            if (await intake.FindAsync(id, ct) is { Status: not SponsorshipStatus.Asked } answer) return Answer(answer, paymaster, isStub);
            await Task.Delay(Between, time, ct);
        }
        return Error(NobodyAnswers, "The sponsor did not answer in time; try again in a few seconds.");
    }

    private static (PaymasterDataBody?, RpcErrorBody?) Answer(Sponsorship answer, Store.Paymaster paymaster, bool isStub)
    {
        if (answer.Status is SponsorshipStatus.Refused) return Error(NotSponsored, $"Not sponsored: {answer.Detail}.");
        var data = Hex.Format(Data(answer.ValidUntil!.Value, answer.Signature ?? SampleSignature));
        return (isStub ? new PaymasterDataBody(paymaster.Contract.ToString(), data, VerificationGas, "0x0", false) : new PaymasterDataBody(paymaster.Contract.ToString(), data), null);
    }

    /// <summary>validAfter, always 0, and validUntil of six bytes each, and the signature.</summary>
    private static byte[] Data(ulong validUntil, byte[] signature)
    {
        var word = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(word, validUntil);
        return [.. new byte[6], .. word[2..], .. signature];
    }

    private static (PaymasterDataBody?, RpcErrorBody?) Error(int code, string message) => (null, new RpcErrorBody(code, message));
}
