using System.CommandLine;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>Changes Bridges: sent with a key, or printed for a multisig or a timelock; never without a summary and a simulation before.</summary>
internal static class AdminCommand
{
    public static Command Create() => new("admin", "Changes Bridges. Every verb says in words what it does, simulates it, and sends it with a key or prints it. Exit code 0 if it is done or printed, 1 if it would fail or did, 2 if it cannot be asked so.")
    {
        DeployVerb.Create(), LaneVerbs.Create(), AssetVerbs.Create(), LimitVerbs.Create(), FeeVerbs.Create(), PauseVerbs.Pause(), PauseVerbs.Unpause(),
        RotationVerbs.Create(), RoleVerbs.Create(), HandoverVerbs.Create(),
    };

    public static Option<uint> Asset() => new("--asset") { Required = true, Description = "The asset's id." };

    /// <summary>A verb's answer where there is one call.</summary>
    public static Task<IReadOnlyList<Relayer.Admin.AdminCall>> One(Relayer.Admin.AdminCall call) => Task.FromResult<IReadOnlyList<Relayer.Admin.AdminCall>>([call]);
}
