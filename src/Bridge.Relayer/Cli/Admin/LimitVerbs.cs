using System.CommandLine;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>How much passes at once, how fast that comes back, and what waits for its size.</summary>
internal static class LimitVerbs
{
    private const uint MaxHold = (1 << 24) - 1;

    public static Command Create() => new("limit", "How much of an asset passes.") { In(), Out(), Hold() };

    public static (Option<string?> Capacity, Option<uint> Period) Bucket(bool required) => (
        new Option<string?>("--capacity") { Required = required, Description = "Whole tokens that pass at once." },
        new Option<uint>("--period") { Description = "Seconds in which that fills again. Default 86400.", DefaultValueFactory = _ => 86_400 });

    /// <exception cref="UserException">No amount, or a period of 0.</exception>
    public static LimitSetting Limit(string capacity, uint period, int decimals) =>
        new(SendCommand.Units("--capacity", capacity, decimals), period > 0 ? period : throw new UserException("--period: more than zero seconds."));

    /// <summary>What a token is called, or its address where it says nothing.</summary>
    public static async Task<string> SymbolAsync(TokenContract token, CancellationToken ct)
    {
        try
        {
            return await token.SymbolAsync(ct);
        }
        catch (Exception e) when (e is AbiException or RpcException { Kind: RpcErrorKind.Reverted })
        {
            throw new UserException($"There is no token at {token.Address} that says its symbol: {e.Message}");
        }
    }

    private static Command In()
    {
        var asset = AdminCommand.Asset();
        var (capacity, period) = Bucket(required: true);
        return AdminVerb.Create("in", "Replaces the limit on what leaves an asset's home for those to whom it comes back.", [asset, capacity, period], async (scene, ct) =>
        {
            var (id, decimals, symbol) = await TokenAsync(scene, asset, ct);
            var (limit, now) = (Limit(scene.Get(capacity)!, scene.Get(period), decimals), await scene.Chain.Bridge.InboundLimitAsync(id, null, ct));
            return now.Capacity == limit.Capacity && now.Period == limit.Period ? [] :
                [scene.Call(BridgeSettings.InboundLimit(id, limit), $"lets at most {scene.Get(capacity)} {symbol} leave at once and as much in {limit.Period} s; now it is {WholeTokens.Of(now.Capacity, decimals)} in {now.Period} s")];
        });
    }

    private static Command Out()
    {
        var asset = AdminCommand.Asset();
        var (capacity, period) = Bucket(required: true);
        return AdminVerb.Create("out", "Limits what can be sent of an asset; a capacity of 0 ends the limit.", [asset, capacity, period], async (scene, ct) =>
        {
            var (id, decimals, symbol) = await TokenAsync(scene, asset, ct);
            var (limit, now) = (Limit(scene.Get(capacity)!, scene.Get(period), decimals), await scene.Chain.Bridge.OutboundLimitAsync(id, null, ct));
            if (limit.Capacity == 0) return now is null ? [] : [scene.Call(BridgeSettings.OutboundLimit(id, new LimitSetting(0, limit.Period)), $"ends the limit on what can be sent of {symbol}; now it is {WholeTokens.Of(now.Capacity, decimals)} in {now.Period} s")];
            if (now is not null && now.Capacity == limit.Capacity && now.Period == limit.Period) return [];
            return [scene.Call(BridgeSettings.OutboundLimit(id, limit), $"lets at most {scene.Get(capacity)} {symbol} be sent at once and as much in {limit.Period} s; now {(now is null ? "nothing limits it, and the new limit begins empty" : $"it is {WholeTokens.Of(now.Capacity, decimals)} in {now.Period} s")}")];
        });
    }

    private static Command Hold()
    {
        var asset = AdminCommand.Asset();
        var threshold = new Option<string>("--threshold") { Required = true, Description = "Whole tokens above which a delivered transfer waits; 0: none does." };
        var seconds = new Option<uint>("--seconds") { Description = $"For how long, up to {MaxHold}. Default 86400.", DefaultValueFactory = _ => 86_400 };
        return AdminVerb.Create("hold", "Has large transfers wait after their delivery, so that somebody can look at them.", [asset, threshold, seconds], async (scene, ct) =>
        {
            if (scene.Get(seconds) > MaxHold) throw new UserException($"--seconds: at most {MaxHold}.");
            var (id, decimals, symbol) = await TokenAsync(scene, asset, ct);
            var amount = SendCommand.Units("--threshold", scene.Get(threshold), decimals);
            return [scene.Call(BridgeSettings.Hold(id, amount, amount == 0 ? 0 : scene.Get(seconds)), amount == 0 ? $"has no transfer of {symbol} wait for its size" : $"has transfers of more than {scene.Get(threshold)} {symbol} wait for {scene.Get(seconds)} s")];
        });
    }

    /// <exception cref="UserException">The Bridge does not list it.</exception>
    public static async Task<(AssetId Id, int Decimals, string Symbol)> TokenAsync(AdminScene scene, Option<uint> asset, CancellationToken ct)
    {
        var id = new AssetId(scene.Get(asset));
        var listed = await scene.Chain.Bridge.AssetAsync(id, null, ct) ?? throw new UserException($"--asset: the Bridge on {scene.Chain} does not list asset {id}.");
        var token = new TokenContract(scene.Chain.Client, listed.Token);
        return (id, await token.DecimalsAsync(ct), await SymbolAsync(token, ct));
    }
}
