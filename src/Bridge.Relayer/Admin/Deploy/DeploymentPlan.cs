using System.Globalization;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Admin.Deploy;

/// <param name="InitCode">Null where it exists already.</param>
internal sealed record PlannedContract(string What, Hash32 Salt, byte[]? InitCode, Address Address);

/// <summary>Which contracts a deployment consists of, and where they stand: the same as contracts/script/lib/deployment.mjs, to the byte.</summary>
internal sealed class DeploymentPlan
{
    private readonly DeploymentFile _file;
    private readonly Artifacts _artifacts;

    public DeploymentPlan(DeploymentFile file, Artifacts artifacts, Address admin)
    {
        (_file, _artifacts, Admin) = (file, artifacts, admin);
        Manager = Own("AccessManager", "manager", "(address)", admin);
        Settings = Planned("Settings", Create2.Salt("settings"), artifacts.InitCode("Settings", "()"));
        Bridge = Own("Bridge", "bridge", "(address,address,address[],uint8)", Manager.Address, Settings.Address, file.Members.Cast<object>().ToArray(), file.Threshold);
        Intents = Own("Intents", "intents", "(address,address)", Bridge.Address, file.Permit2Address);
        FaultProofs = Own("FaultProofs", "fault proofs", "(address)", Bridge.Address);
    }

    public Address Admin { get; }
    public PlannedContract Manager { get; }
    public PlannedContract Settings { get; }
    public PlannedContract Bridge { get; }
    public PlannedContract Intents { get; }
    public PlannedContract FaultProofs { get; }

    /// <summary>Rounds of which each needs the contracts of the one before to be there.</summary>
    public IReadOnlyList<IReadOnlyList<PlannedContract>> Rounds(string chain) =>
        [[Manager, Settings], [Bridge], [Intents, FaultProofs, .. _file.Assets.Select(asset => Token(asset, chain).Contract)]];

    /// <summary>The form that an asset has on a chain.</summary>
    public (AssetMode Mode, PlannedContract Contract) Token(DeploymentAsset asset, string chain)
    {
        var atHome = asset.Home == chain;
        if (atHome && asset.Token is { } given)
            return (asset.Native is true ? AssetMode.Native : AssetMode.Lock, new PlannedContract(asset.Symbol, default, null, DeploymentFile.Parse(given, $"asset {asset.Id}: token")));
        var salt = Create2.Salt(_file.SaltText, "asset", asset.Id.ToString(CultureInfo.InvariantCulture));
        if (atHome) return (AssetMode.Lock, Planned($"{asset.Symbol} (a test token that anybody may mint)", salt, _artifacts.InitCode("TestToken", "(string,string,uint8)", asset.Name, asset.Symbol, (int)asset.Decimals)));
        var limit = asset.Limit.Setting($"asset {asset.Id}: limit");
        return (AssetMode.Mint, Planned($"{asset.Symbol} (bridged token)", salt, _artifacts.InitCode(
            "BridgedToken", "(address,address,(uint128,uint32),string,string,uint8)", Manager.Address, Bridge.Address, new object[] { limit.Capacity, limit.Period }, asset.Name, asset.Symbol, (int)asset.Decimals)));
    }

    private PlannedContract Own(string contract, string salt, string types, params object[] arguments) =>
        Planned(contract, Create2.Salt(_file.SaltText, salt), _artifacts.InitCode(contract, types, arguments));

    private static PlannedContract Planned(string what, Hash32 salt, byte[] initCode) => new(what, salt, initCode, Create2.AddressOf(salt, initCode));
}
