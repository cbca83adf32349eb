using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Cli;

namespace Bridge.Relayer.Admin;

/// <summary>Turns calls into the one transaction that an account can send for them: at once, as a schedule, or as what was scheduled and is due.</summary>
internal sealed class Authority(AdminChain chain, AccessManagerContract manager, Address from)
{
    private static readonly Dictionary<ulong, string> RoleNames = new()
    {
        [AccessManagerContract.Admin] = "the admin", [AccessManagerContract.Guardian] = "a GUARDIAN",
        [AccessManagerContract.FeeOracle] = "a FEE_ORACLE", [AccessManagerContract.Forwarder] = "a FORWARDER",
    };

    /// <exception cref="UserException">The account may not, or must wait.</exception>
    public async Task<AdminTransaction> ComposeAsync(IReadOnlyList<AdminCall> calls, CancellationToken ct)
    {
        var steps = new List<Step>();
        foreach (var call in calls) steps.Add(await StepAsync(call, ct));
        return steps is [var alone]
            ? new AdminTransaction(alone.To, alone.Data, [alone.What])
            : new AdminTransaction(manager.Address, AccessManagerContract.EncodeMulticall(steps.Select(InManager)), [.. steps.Select(step => step.What)]);
    }

    private sealed record Step(Address To, byte[] Data, string What);

    private async Task<Step> StepAsync(AdminCall call, CancellationToken ct)
    {
        if (!call.Restricted) return new Step(call.Target, call.Data, call.What);
        var permission = await manager.PermissionAsync(from, call.Target, call.Data, ct);
        if (permission.Immediate) return new Step(call.Target, call.Data, call.What);
        if (permission.Delay == 0) throw new UserException($"{from} may not do this on {chain}: {await WhoAsync(call, ct)} may. It would be: {call.What}.");
        return await manager.ScheduledAsync(from, call.Target, call.Data, ct) switch
        {
            null => new Step(manager.Address, AccessManagerContract.EncodeSchedule(call.Target, call.Data), $"schedules, to be done in {permission.Delay} s by the same command: {call.What}"),
            { } due when due > (await chain.Client.HeadAsync(ct)).Time => throw new UserException($"This is scheduled on {chain} and can be done from {due:u} on, by the same command: {call.What}."),
            _ => new Step(manager.Address, AccessManagerContract.EncodeExecute(call.Target, call.Data), $"does what was scheduled: {call.What}"),
        };
    }

    private byte[] InManager(Step step) => step.To == manager.Address ? step.Data : AccessManagerContract.EncodeExecute(step.To, step.Data);

    private async Task<string> WhoAsync(AdminCall call, CancellationToken ct)
    {
        var role = call.Target == manager.Address ? AccessManagerContract.Admin : await manager.FunctionRoleAsync(call.Target, call.Data[..4], ct);
        return RoleNames.GetValueOrDefault(role, $"role {role}");
    }
}
