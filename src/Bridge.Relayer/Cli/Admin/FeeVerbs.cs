using System.CommandLine;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>The least that sending costs, and between what the fee oracles may move it. Calls are priced after transfers, as a deployment prices them.</summary>
internal static class FeeVerbs
{
    public static Command Create() => new("fee", "Minimum fees and their bounds.") { Bound(), Set() };

    private static Command Bound()
    {
        var (asset, to) = (AdminCommand.Asset(), To());
        var lowest = new Option<string>("--lowest") { Required = true, Description = "Whole tokens: the least that the fee of a transfer may be set to." };
        var highest = new Option<string>("--highest") { Required = true, Description = "Whole tokens: the most." };
        return AdminVerb.Create("bound", "Sets between what the minimum fees of a route may be.", [asset, to, lowest, highest], async (scene, ct) =>
        {
            var (id, decimals, symbol) = await LimitVerbs.TokenAsync(scene, asset, ct);
            var other = AdminInputs.Other(scene, "--to", scene.Get(to));
            var (low, high) = (SendCommand.Units("--lowest", scene.Get(lowest), decimals), SendCommand.Units("--highest", scene.Get(highest), decimals));
            if (low > high) throw new UserException("--lowest: at most --highest.");
            var bounds = new FeeBounds(FeeSetting.AfterTransfer(low), FeeSetting.AfterTransfer(high));
            return await scene.Chain.Bridge.FeeBoundsAsync(id, other, null, ct) == bounds ? [] :
                [scene.Call(BridgeSettings.FeeBounds(id, other, bounds), $"lets the minimum fee of {symbol} to chain {other} be set between {scene.Get(lowest)} and {scene.Get(highest)}, and those of calls in proportion")];
        });
    }

    private static Command Set()
    {
        var (asset, to) = (AdminCommand.Asset(), To());
        var minimum = new Option<string>("--minimum") { Required = true, Description = "Whole tokens, for a transfer; within the bounds." };
        return AdminVerb.Create("set", "Sets the minimum fees of a route, within their bounds.", [asset, to, minimum], async (scene, ct) =>
        {
            var (id, decimals, symbol) = await LimitVerbs.TokenAsync(scene, asset, ct);
            var other = AdminInputs.Other(scene, "--to", scene.Get(to));
            var fees = FeeSetting.AfterTransfer(SendCommand.Units("--minimum", scene.Get(minimum), decimals));
            return await scene.Chain.Bridge.MinimumFeesAsync(id, other, null, ct) == fees ? [] :
                [scene.Call(BridgeContract.EncodeSetMinimumFees(id, other, fees), $"sets the minimum fee of {symbol} to chain {other} to {scene.Get(minimum)}, and those of calls in proportion")];
        });
    }

    private static Option<string> To() => new("--to") { Required = true, Description = "The chain to which it is sent: its name in the configuration, or its id." };
}
