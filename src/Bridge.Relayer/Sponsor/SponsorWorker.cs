using System.Numerics;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Sponsor;

/// <summary>
/// Answers, on one chain, for which operations a paymaster pays. The question comes from a process that faces the internet, so everything is
/// judged here, by the configuration and by the chain.
/// </summary>
public sealed class SponsorWorker(
    ChainLink chain, Paymaster paymaster, SponsorKey key, LiveOptions options, OperationJudge judge, SponsorshipStore store, RolePauseStore pauses, Bell asked,
    DirectoryStore directory, TimeProvider time, ILogger<SponsorWorker> log)
    : Worker($"sponsor {chain.Id}", directory, log)
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        await store.ServeAsync(paymaster, ct);
        var pause = await pauses.CurrentAsync(Roles.Sponsor, ct);
        if (pause is null) await Each.DoAsync(await store.AskedAsync(chain.Id, AtOnce, ct), one => AnswerAsync(one, ct), ct);
        await SettleAsync(ct);
        return pause?.ToString();
    }

    /// <summary>A step, once begun, is done to its end.</summary>
    public override bool MustDrain => true;

    protected override Task WaitAsync(CancellationToken ct) => asked.WaitAsync(Patience, ct);

    private async Task AnswerAsync(Sponsorship one, CancellationToken ct)
    {
        var operation = one.Operation;
        var refusal = await judge.RefusalAsync(chain, operation, ct);
        if (refusal is null && operation.MaxCost > (BigInteger)UInt128.MaxValue) refusal = "its gas limits and fees are beyond what any account can pay";
        if (refusal is null)
        {
            var until = (ulong)(time.GetUtcNow().ToUnixTimeSeconds() + options.Now.Sponsor.ValidSeconds);
            var signature = one.IsStub ? null : await key.SignAsync(operation.Preimage(chain.Id, paymaster.Contract, until), ct);
            refusal = await store.ApproveAsync(one, (UInt128)operation.MaxCost, options.Now.Sponsor.Budget, until, signature, ct);
        }
        if (refusal is null) return;
        log.LogInformation("chain {Chain}: {Sender} is not sponsored: {Reason}", chain.Id, operation.Sender, refusal);
        await store.RefuseAsync(one.Id, refusal, ct);
    }

    /// <summary>After its time an approval is worth nothing, and only the chain knows whether it was used; its final block is asked.</summary>
    private async Task SettleAsync(CancellationToken ct)
    {
        var final = await chain.FinalAsync(ct);
        foreach (var one in await store.ExpiredAsync(chain.Id, (ulong)final.Time.ToUnixTimeSeconds(), ct))
            await store.SettleAsync(one.Id, await EntryPointContract.IsUsedAsync(chain.Client, paymaster.EntryPoint, one.Operation, final.Height, ct), ct);
    }
}
