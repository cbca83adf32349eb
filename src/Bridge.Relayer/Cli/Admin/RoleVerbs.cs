using System.CommandLine;
using Bridge.Evm;
using Bridge.Relayer.Admin;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>Who may do what. Handing everything over is granting the role admin to one account, and taking it from the other.</summary>
internal static class RoleVerbs
{
    private static readonly Dictionary<string, ulong> Ids = new()
    {
        ["admin"] = AccessManagerContract.Admin, ["guardian"] = AccessManagerContract.Guardian,
        ["fee-oracle"] = AccessManagerContract.FeeOracle, ["forwarder"] = AccessManagerContract.Forwarder,
    };

    public static Command Create() => new("role", "Who may do what.") { Grant(), Revoke() };

    private static Command Grant()
    {
        var delay = new Option<uint>("--delay") { Description = "Seconds that everything the account does with the role must wait. Default 0.", DefaultValueFactory = _ => 0 };
        return Verb("grant", "Gives a role to an account, or changes its delay.", [delay], async (scene, manager, role, name, account, ct) =>
            await manager.RoleAsync(role, account, ct) == scene.Get(delay) ? null :
                new AdminCall(manager.Address, AccessManagerContract.EncodeGrantRole(role, account, scene.Get(delay)),
                    $"makes {account} {name}; what it does with that waits {scene.Get(delay)} s"));
    }

    private static Command Revoke() => Verb("revoke", "Takes a role from an account.", [], async (scene, manager, role, name, account, ct) =>
        await manager.RoleAsync(role, account, ct) is null ? null :
            new AdminCall(manager.Address, AccessManagerContract.EncodeRevokeRole(role, account), $"takes the role {name} from {account}: at once, and whoever is left must be able to give it again"));

    private static Command Verb(
        string name, string description, IReadOnlyList<Option> own,
        Func<AdminScene, AccessManagerContract, ulong, string, Core.Address, CancellationToken, Task<AdminCall?>> call)
    {
        var role = new Option<string>("--role") { Required = true, Description = string.Join(", ", Ids.Keys) + "." };
        var account = new Option<string>("--account") { Required = true, Description = "Whose." };
        return AdminVerb.Create(name, description, [role, account, .. own], async (scene, ct) =>
        {
            if (!Ids.TryGetValue(scene.Get(role), out var id)) throw new UserException($"--role: there is no '{scene.Get(role)}'; there are {string.Join(", ", Ids.Keys)}.");
            var manager = new AccessManagerContract(scene.Chain.Client, await scene.Chain.Bridge.AuthorityAsync(null, ct));
            return await call(scene, manager, id, scene.Get(role), AdminInputs.Account("--account", scene.Get(account)), ct) is { } one ? [one] : [];
        });
    }
}
