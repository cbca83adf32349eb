using System.CommandLine;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Admin;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>Lanes: a Bridge keeps one for ever, so that closing it is a pause of three days that can be renewed.</summary>
internal static class LaneVerbs
{
    public static Command Create() => new("lane", "Opens and closes lanes.") { Open(), Close(), Reopen() };

    private static Command Open()
    {
        var other = Other();
        var remote = new Option<string?>("--remote-bridge") { Description = "Address of the other chain's Bridge. Default: what the configuration says." };
        return AdminVerb.Create("open", "Opens both lanes between two chains, on one of them; do it on the other too.", [other, remote], async (scene, ct) =>
        {
            var to = AdminInputs.Other(scene, "--other", scene.Get(other));
            if (to == scene.Chain.Id) throw new UserException("--other: that is the same chain.");
            if (!(await scene.Chain.Bridge.OutboundAsync(to, null, ct)).RollingHash.IsZero) return [];
            var bridge = scene.Get(remote) is { } text ? AdminInputs.Account("--remote-bridge", text) : scene.Chains.Find(to)?.BridgeAddress
                ?? throw new UserException($"--remote-bridge: needed, since the configuration does not name the Bridge of chain {to}.");
            return [scene.Call(BridgeSettings.OpenLane(to, bridge), $"opens the lanes to and from chain {to}, whose Bridge is {bridge}: for ever, they can be paused and not removed")];
        });
    }

    private static Command Close() => Verb("close", "Stops both lanes between two chains for three days; again, for three days from then on.", to =>
        (BridgeSettings.PauseLane(to), $"closes the lanes to and from chain {to} for three days: nothing is sent, delivered, retried or refunded through them"));

    private static Command Reopen() => Verb("reopen", "Ends that.", to =>
        (BridgeSettings.UnpauseLane(to), $"opens the lanes to and from chain {to} again"));

    private static Command Verb(string name, string description, Func<ChainId, (byte[] Data, string What)> call)
    {
        var other = Other();
        return AdminVerb.Create(name, description, [other], (scene, _) =>
        {
            var (data, what) = call(AdminInputs.Other(scene, "--other", scene.Get(other)));
            return AdminCommand.One(scene.Call(data, what));
        });
    }

    private static Option<string> Other() => new("--other") { Required = true, Description = "The chain at the other end: its name in the configuration, or its id." };
}
