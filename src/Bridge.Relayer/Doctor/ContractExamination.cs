using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;

namespace Bridge.Relayer.Doctor;

/// <summary>The Bridge on one chain, at a final block: its code, its lanes, and the validators in force.</summary>
/// <param name="attester">This node's validator; null where it is none.</param>
public sealed class ContractExamination(ChainLink chain, ChainSet chains, Address? attester) : IExamination
{
    public string Name => $"Bridge on {chain.Name}";

    public string Fix => $"Look at Bridge:Chains:{chain.Name}: its endpoints first, then Bridge, the contract's address";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken ct)
    {
        var code = await chain.Client.CodeAsync(chain.BridgeAddress, ct);
        if (code.Length == 0) return [Finding.Bad(Name, $"there is no contract at {chain.BridgeAddress}", $"Set Bridge:Chains:{chain.Name}:Bridge to the address of the deployment")];
        return [Finding.Good(Name, $"{chain.BridgeAddress} has code {Keccak256.Hash(code)}; the other operators must see the same"), .. await LanesAsync(ct), .. await SetAsync(ct)];
    }

    private async Task<IReadOnlyList<Finding>> LanesAsync(CancellationToken ct)
    {
        var findings = new List<Finding>();
        foreach (var lane in chains.Lanes.Where(lane => lane.Destination == chain.Id))
        {
            var named = await chain.Bridge.LaneIdAsync(lane.Source, lane.Destination, ct);
            if (named != chains.LaneId(lane))
                findings.Add(Finding.Bad($"lane {lane}", $"the contract names it {named}, the configuration leads to {chains.LaneId(lane)}", "One of the two chains' Bridge addresses or chain ids is wrong, or the lane is not open yet"));
        }
        return findings;
    }

    private async Task<IReadOnlyList<Finding>> SetAsync(CancellationToken ct)
    {
        var final = await chain.FinalAsync(ct);
        var set = await chain.Bridge.ValidatorSetAsync(await chain.Bridge.EpochAsync(final.Height, ct), final.Height, ct);
        var said = $"epoch {set.Epoch}: {set.Threshold} of {set.Members.Count} validators must sign";
        if (attester is not { } us) return [Finding.Good(Name, said)];
        return set.IndexOf(us) is >= 0 and var index
            ? [Finding.Good(Name, $"{said}; we are number {index}, {us}")]
            : [Finding.Bad(Name, $"{said}; {us} is not among them", "Have the set rotated to hold this key, or use the key that is in the set; what is signed until then counts nowhere")];
    }
}
