using System.CommandLine;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>Everything, or one asset. Lanes have 'close' and 'reopen'.</summary>
internal static class PauseVerbs
{
    public static Command Pause() => Verb("pause", "Stops everything on a chain, or one asset, for three days.",
        id => id is { } asset ? BridgeSettings.PauseAsset(asset) : BridgeContract.EncodePause(),
        id => id is { } asset
            ? $"pauses asset {asset} for three days: it cannot be sent, retried or refunded, and what is delivered of it is deferred"
            : "pauses everything for three days: nothing is sent, delivered, retried or refunded; validator sets still rotate");

    public static Command Unpause() => Verb("unpause", "Ends that before its time.",
        id => id is { } asset ? BridgeSettings.UnpauseAsset(asset) : BridgeSettings.Unpause(),
        id => id is { } asset ? $"ends the pause of asset {asset}" : "ends the pause of everything; lanes and assets that are paused by themselves stay so");

    private static Command Verb(string name, string description, Func<AssetId?, byte[]> data, Func<AssetId?, string> what)
    {
        var asset = new Option<uint?>("--asset") { Description = "This asset alone. Default: everything." };
        return AdminVerb.Create(name, description, [asset], (scene, _) =>
        {
            AssetId? id = scene.Parsed.GetValue(asset) is { } number ? new AssetId(number) : null;
            return AdminCommand.One(scene.Call(data(id), what(id)));
        });
    }
}
