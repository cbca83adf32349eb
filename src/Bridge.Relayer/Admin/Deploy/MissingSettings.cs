using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Cli;

namespace Bridge.Relayer.Admin.Deploy;

/// <summary>What a chain lacks of what a deployment says: lanes, assets, guards, fees, roles, and last the admin's delay. What is set stays as it is.</summary>
internal sealed class MissingSettings(AdminChain chain, DeploymentFile file, DeploymentPlan plan)
{
    private readonly AccessManagerContract _manager = new(chain.Client, plan.Manager.Address);

    public async Task<IReadOnlyList<AdminCall>> FindAsync(CancellationToken ct)
    {
        var missing = new List<AdminCall>();
        foreach (var other in Others) missing.AddRange(await LaneAsync(other, ct));
        foreach (var asset in file.Assets) missing.AddRange(await AssetAsync(asset, ct));
        missing.AddRange(await FeesAsync(ct));
        missing.AddRange(await new MissingRoles(_manager, file, plan).FindAsync(ct));
        return missing;
    }

    private IEnumerable<DeploymentChain> Others => file.Chains.Where(other => other.Name != chain.Name);

    private AdminCall Call(byte[] data, string what) => new(plan.Bridge.Address, data, what);

    private async Task<IEnumerable<AdminCall>> LaneAsync(DeploymentChain other, CancellationToken ct)
    {
        var id = new ChainId(other.ChainId!.Value);
        return (await chain.Bridge.OutboundAsync(id, null, ct)).RollingHash.IsZero
            ? [Call(BridgeSettings.OpenLane(id, plan.Bridge.Address), $"opens the lanes to and from {other.Name} ({id}), whose Bridge has the same address: for ever")]
            : [];
    }

    private async Task<IReadOnlyList<AdminCall>> AssetAsync(DeploymentAsset asset, CancellationToken ct)
    {
        var (missing, id, (mode, token)) = (new List<AdminCall>(), new AssetId(asset.Id), plan.Token(asset, chain.Name));
        var limit = asset.Limit.Setting($"asset {id}: limit");
        if (await chain.Bridge.AssetAsync(id, null, ct) is not { } known)
            missing.Add(Call(BridgeSettings.RegisterAsset(id, token.Address, mode, mode is AssetMode.Mint ? LimitSetting.None : limit), $"registers {asset.Symbol} at {token.Address} as asset {id}, to {mode.Name()}: for ever"));
        else if (known.Token != token.Address || known.Mode != mode.Name())
            throw new UserException($"{chain}: asset {id} is registered as {known.Token}, to {known.Mode}; the deployment says {token.Address}, to {mode.Name()}.");
        if (asset.OutboundLimit is { } outbound && await chain.Bridge.OutboundLimitAsync(id, null, ct) is null)
            missing.Add(Call(BridgeSettings.OutboundLimit(id, outbound.Setting($"asset {id}: outboundLimit")), $"lets at most {outbound.Capacity} base units of {asset.Symbol} be sent at once and as much in {outbound.Period} s"));
        if (asset.Hold is { } hold && await chain.Bridge.HoldAsync(id, null, ct) is null)
            missing.Add(Call(BridgeSettings.Hold(id, DeploymentFile.Units(hold.Threshold, $"asset {id}: hold"), hold.Seconds), $"has transfers of more than {hold.Threshold} base units of {asset.Symbol} wait for {hold.Seconds} s"));
        return missing;
    }

    private async Task<IReadOnlyList<AdminCall>> FeesAsync(CancellationToken ct)
    {
        var missing = new List<AdminCall>();
        foreach (var asset in file.Assets)
            foreach (var other in Others)
            {
                var (id, to) = (new AssetId(asset.Id), new ChainId(other.ChainId!.Value));
                if (await chain.Bridge.MinimumFeesAsync(id, to, null, ct) is not null) continue; // Fee oracles may have moved them.
                var (fees, bounds) = FeeSetting.Deployed(asset.Fee);
                missing.Add(Call(BridgeSettings.FeeBounds(id, to, bounds), $"bounds the minimum fees of {asset.Symbol} to {other.Name}: a tenth to a thousand times {asset.Fee} base units"));
                missing.Add(Call(BridgeContract.EncodeSetMinimumFees(id, to, fees), $"sets the minimum fee of {asset.Symbol} to {other.Name} to {asset.Fee} base units"));
            }
        return missing.Count == 0 ? missing : await BorrowedAsync(missing, ct);
    }

    /// <summary>The right to set fees belongs to the fee oracles once roles are set: the admin takes it, and gives it back.</summary>
    private async Task<IReadOnlyList<AdminCall>> BorrowedAsync(IReadOnlyList<AdminCall> calls, CancellationToken ct)
    {
        var selector = BridgeContract.SetMinimumFeesSelector;
        var holder = await _manager.FunctionRoleAsync(plan.Bridge.Address, selector, ct);
        if (holder == AccessManagerContract.Admin) return calls;
        return
        [
            new AdminCall(_manager.Address, AccessManagerContract.EncodeSetFunctionRole(plan.Bridge.Address, [selector], AccessManagerContract.Admin), $"borrows setMinimumFees from role {holder}"),
            .. calls,
            new AdminCall(_manager.Address, AccessManagerContract.EncodeSetFunctionRole(plan.Bridge.Address, [selector], holder), $"gives setMinimumFees back to role {holder}"),
        ];
    }
}
