using System.CommandLine;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Cli.Admin;

internal static class AssetVerbs
{
    public static Command Create() => new("asset", "Assets of a Bridge.") { Register() };

    private static Command Register()
    {
        var asset = AdminCommand.Asset();
        var token = new Option<string>("--token") { Required = true, Description = "Address of the token on this chain; of a chain's own coin, of the contract that wraps it." };
        var mode = new Option<AssetMode>("--mode") { Required = true, Description = "lock at the asset's home, native for its own coin, mint elsewhere." };
        var (capacity, period) = LimitVerbs.Bucket(required: false);
        return AdminVerb.Create("register", "Makes a token this chain's form of an asset, for ever.", [asset, token, mode, capacity, period], async (scene, ct) =>
        {
            var (id, what) = (new AssetId(scene.Get(asset)), scene.Get(mode));
            var address = AdminInputs.Account("--token", scene.Get(token));
            if (await scene.Chain.Bridge.AssetAsync(id, null, ct) is { } known)
                return known.Token == address && known.Mode == what.Name() ? [] : throw new UserException($"--asset: asset {id} is {known.Token} here, to {known.Mode}, for ever.");
            var contract = new TokenContract(scene.Chain.Client, address);
            var symbol = await LimitVerbs.SymbolAsync(contract, ct);
            if (what is AssetMode.Mint)
            {
                if (scene.Get(capacity) is not null) throw new UserException("--capacity: a token that is minted holds its limit itself.");
                return [scene.Call(BridgeSettings.RegisterAsset(id, address, what, LimitSetting.None), $"registers {symbol} at {address} as asset {id}, to mint and burn: for ever")];
            }
            var limit = LimitVerbs.Limit(scene.Get(capacity) ?? throw new UserException("--capacity: needed; no limit fits every asset."), scene.Get(period), await contract.DecimalsAsync(ct));
            return [scene.Call(BridgeSettings.RegisterAsset(id, address, what, limit), $"registers {symbol} at {address} as asset {id}, to {what.Name()}: for ever; at most {scene.Get(capacity)} {symbol} leave at once, and as much in {limit.Period} s")];
        });
    }
}
