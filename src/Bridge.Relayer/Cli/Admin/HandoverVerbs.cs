using System.CommandLine;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>An asset's vault goes to another Bridge, once and for ever.</summary>
internal static class HandoverVerbs
{
    public static Command Create() => new("handover", "Hands an asset's vault over to another Bridge.") { Announce(), Cancel(), Expect(), Execute() };

    private static Command Announce()
    {
        var successor = new Option<string>("--successor") { Required = true, Description = "The Bridge that takes it." };
        return Verb("announce", "Says who takes an asset over, seven days from then at the earliest; it cannot be sent from then on.", [successor], (scene, id) =>
        {
            var to = AdminInputs.Account("--successor", scene.Get(successor));
            return (BridgeSettings.AnnounceHandover(id, to), $"announces that all that is locked of asset {id} goes to {to}, in seven days at the earliest; from now on it cannot be sent");
        });
    }

    private static Command Cancel() => Verb("cancel", "Calls an announced handover off.", [], (_, id) =>
        (BridgeSettings.AnnounceHandover(id, default), $"calls the handover of asset {id} off; its minimum fees must be set again before it can be sent"));

    private static Command Expect()
    {
        var predecessor = new Option<string>("--predecessor") { Required = true, Description = "The Bridge that gives it." };
        return Verb("expect", "At the successor: says from whom it takes an asset over.", [predecessor], (scene, id) =>
        {
            var from = AdminInputs.Account("--predecessor", scene.Get(predecessor));
            return (BridgeSettings.ExpectHandover(id, from), $"lets {from} hand asset {id} over to this Bridge, once");
        });
    }

    private static Command Execute() => Verb("execute", "Gives all that is locked of a paused asset to the announced successor, once and for ever.", [], (_, id) =>
        (BridgeSettings.Handover(id), $"gives all that is locked of asset {id} to the announced successor: once and for ever"));

    private static Command Verb(string name, string description, IReadOnlyList<Option> own, Func<AdminScene, AssetId, (byte[] Data, string What)> call)
    {
        var asset = AdminCommand.Asset();
        return AdminVerb.Create(name, description, [asset, .. own], (scene, _) =>
        {
            var (data, what) = call(scene, new AssetId(scene.Get(asset)));
            return AdminCommand.One(scene.Call(data, what));
        });
    }
}
