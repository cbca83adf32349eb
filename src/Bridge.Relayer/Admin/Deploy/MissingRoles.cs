using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Admin.Deploy;

/// <summary>What a chain lacks of a deployment's roles, their functions and their members; contracts/script/lib/roles.mjs says the same.</summary>
internal sealed class MissingRoles(AccessManagerContract manager, DeploymentFile file, DeploymentPlan plan)
{
    private sealed record Role(ulong Id, string Label, IReadOnlyList<Address> Members, params IReadOnlyList<string> Functions);

    public async Task<IReadOnlyList<AdminCall>> FindAsync(CancellationToken ct)
    {
        var missing = new List<AdminCall>();
        foreach (var role in Roles) missing.AddRange(await OfRoleAsync(role, ct));
        // A longer delay holds at once: it must come last.
        if (await manager.RoleAsync(AccessManagerContract.Admin, plan.Admin, ct) != file.Delay)
            missing.Add(Own(AccessManagerContract.EncodeGrantRole(AccessManagerContract.Admin, plan.Admin, file.Delay!.Value), $"has everything that the admin {plan.Admin} does wait {file.Delay} s from now on"));
        return missing;
    }

    private IReadOnlyList<Role> Roles =>
    [
        new(AccessManagerContract.Guardian, "GUARDIAN", Accounts(file.Guardians, "guardians"), "pause()", "pauseLane(uint256)", "pauseAsset(uint32)", "cancelRotation()", "endOverlap()"),
        new(AccessManagerContract.FeeOracle, "FEE_ORACLE", Accounts(file.FeeOracles, "feeOracles"), BridgeContract.SetMinimumFeesSignature),
        new(AccessManagerContract.Forwarder, "FORWARDER", [plan.Intents.Address], "sendFor(address,uint256,uint32,address,uint128,uint128)"),
    ];

    private static Address[] Accounts(IReadOnlyList<string>? texts, string key) => [.. (texts ?? []).Select((text, i) => DeploymentFile.Parse(text, $"{key}[{i}]"))];

    private async Task<IReadOnlyList<AdminCall>> OfRoleAsync(Role role, CancellationToken ct)
    {
        var missing = new List<AdminCall>();
        var absent = new List<AbiFunction>();
        foreach (var function in role.Functions.Select(signature => new AbiFunction(signature)))
            if (await manager.FunctionRoleAsync(plan.Bridge.Address, function.Selector, ct) != role.Id) absent.Add(function);
        if (absent.Count > 0)
        {
            missing.Add(Own(AccessManagerContract.EncodeLabelRole(role.Id, role.Label), $"names role {role.Id} {role.Label}"));
            missing.Add(Own(AccessManagerContract.EncodeSetFunctionRole(plan.Bridge.Address, absent.Select(function => function.Selector), role.Id), $"lets {role.Label} call {string.Join(", ", absent.Select(function => function.Signature))}"));
        }
        foreach (var member in role.Members)
            if (await manager.RoleAsync(role.Id, member, ct) is null) missing.Add(Own(AccessManagerContract.EncodeGrantRole(role.Id, member, 0), $"makes {member} a {role.Label}"));
        return missing;
    }

    private AdminCall Own(byte[] data, string what) => new(manager.Address, data, what);
}
