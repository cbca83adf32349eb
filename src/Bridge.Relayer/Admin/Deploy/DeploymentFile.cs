using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Cli;

namespace Bridge.Relayer.Admin.Deploy;

internal sealed record DeploymentChain(string Name, string Rpc, ulong? ChainId);

/// <param name="Capacity">Base units, as a decimal text.</param>
internal sealed record DeploymentLimit(string Capacity, uint Period)
{
    public LimitSetting Setting(string where) => new(DeploymentFile.Units(Capacity, where + ".capacity"), Period > 0 ? Period : throw new UserException($"{where}.period must be more than zero seconds."));
}

internal sealed record DeploymentHold(string Threshold, uint Seconds);

internal sealed record DeploymentAsset(
    uint Id, string Name, string Symbol, byte Decimals, string Home, string? Token, bool? Native, DeploymentLimit Limit, DeploymentLimit? OutboundLimit, DeploymentHold? Hold, string? MinimumFee)
{
    /// <summary>Base units; where none is given, a thousandth of a whole token, as contracts/script/lib/config.mjs has it.</summary>
    public UInt128 Fee => MinimumFee is { } text
        ? DeploymentFile.Units(text, $"asset {Id}: minimumFee")
        : FeeSetting.Keepable(Decimals < 3 ? 1 : UInt128.Parse("1" + new string('0', Decimals - 3), CultureInfo.InvariantCulture));
}

/// <summary>What a deployment is: the file that contracts/script/deploy.mjs reads, described in contracts/README.md.</summary>
internal sealed record DeploymentFile(
    IReadOnlyList<DeploymentChain> Chains, IReadOnlyList<string> Validators, int Threshold, IReadOnlyList<DeploymentAsset> Assets, uint? Delay, string? Admin,
    IReadOnlyList<string>? Guardians, IReadOnlyList<string>? FeeOracles, string? Salt, string? Permit2)
{
    private const string CanonicalPermit2 = "0x000000000022d473030f116ddee9f6b43ac78ba3";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, NumberHandling = JsonNumberHandling.Strict,
        RespectRequiredConstructorParameters = false, RespectNullableAnnotations = true,
    };

    public string SaltText => Salt ?? "bridge";

    public Address Permit2Address => Parse(Permit2 ?? CanonicalPermit2, "permit2");

    public Address[] Members => [.. Validators.Select((text, i) => Parse(text, $"validators[{i}]")).Order()];

    /// <exception cref="UserException">There is no such file, or it is no deployment; the message names the key.</exception>
    public static DeploymentFile Read(string path)
    {
        if (!File.Exists(path)) throw new UserException($"--deployment: there is no file '{path}'.");
        try
        {
            var file = JsonSerializer.Deserialize<DeploymentFile>(File.ReadAllText(path), Options) ?? throw new JsonException("it is null");
            return file.Fault() is { } fault ? throw new UserException($"{path}: {fault}") : file;
        }
        catch (JsonException e)
        {
            throw new UserException($"{path}: {e.Message}");
        }
    }

    public static Address Parse(string text, string where) => Address.TryParse(text, out var address) ? address : throw new UserException($"{where}: '{text}' is not an address.");

    public static UInt128 Units(string text, string where) => UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var units)
        ? units
        : throw new UserException($"{where}: '{text}' is not an amount in base units.");

    private string? Fault()
    {
        if (Chains is null or { Count: < 2 }) return "chains must name at least two chains";
        if (Chains.FirstOrDefault(chain => chain.ChainId is null) is { } without) return $"chain {without.Name}: chainId is needed here, since only one chain is asked";
        if (Validators is null or { Count: 0 }) return "validators must name the first set";
        if (ValidatorSet.Fault(Members, Threshold) is { } fault) return fault;
        if (Delay is null) return "delay must say for how many seconds what the admin does waits; 0 is for local chains";
        if (Assets is null) return "assets must be a list";
        if (Assets.FirstOrDefault(asset => Chains.All(chain => chain.Name != asset.Home)) is { } homeless) return $"asset {homeless.Id}: home must be the name of one of the chains";
        return Assets.FirstOrDefault(asset => asset.Limit is null) is { } unlimited ? $"asset {unlimited.Id}: limit is needed; no limit fits every asset" : null;
    }
}
