using System.CommandLine;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Admin;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>One validator set after another: members of the current one sign the order, anybody proposes it, and after a day anybody puts it in force.</summary>
internal static class RotationVerbs
{
    public static Command Create() => new("rotation", "Replaces a chain's validator set.") { SignRotationVerb.Create(), Propose(), Activate(), Cancel(), EndOverlap() };

    public static Option<string[]> Members() => new("--member") { Required = true, AllowMultipleArgumentsPerToken = true, Description = "Addresses of the next set, in any order." };

    public static Option<int> Threshold() => new("--threshold") { Required = true, Description = "How many of them make a certificate; more than two thirds." };

    /// <summary>The set that is ordered, and the one that orders it.</summary>
    /// <exception cref="UserException">It cannot be a set, or another rotation waits.</exception>
    public static async Task<(ValidatorSet Next, ValidatorSet Current)> SetsAsync(BridgeContract bridge, string[] members, int threshold, CancellationToken ct)
    {
        if (await bridge.PendingRotationAsync(ct) is { } pending) throw new UserException($"Epoch {pending.Set.Epoch} waits already, until {pending.ReadyAt:u}; cancel it first.");
        Address[] next = [.. members.Select(member => AdminInputs.Account("--member", member)).Order()];
        if (ValidatorSet.Fault(next, threshold) is { } fault) throw new UserException($"--member: {fault}");
        var current = await bridge.ValidatorSetAsync(await bridge.EpochAsync(null, ct), null, ct);
        return (new ValidatorSet(await bridge.NextEpochAsync(ct), next, threshold), current);
    }

    public static string Describe(ValidatorSet next, ValidatorSet current)
    {
        var (join, leave) = (next.Members.Except(current.Members).ToList(), current.Members.Except(next.Members).ToList());
        return $"epoch {next.Epoch} follows epoch {current.Epoch}: {next.Members.Count} members of which {next.Threshold} must sign; "
            + $"{(join.Count == 0 ? "nobody" : string.Join(", ", join))} joins, {(leave.Count == 0 ? "nobody" : string.Join(", ", leave))} leaves";
    }

    private static Command Propose()
    {
        var (members, threshold) = (Members(), Threshold());
        var signatures = new Option<string[]>("--signature") { Required = true, AllowMultipleArgumentsPerToken = true, Description = "What 'rotation sign' printed for a quorum of the current set." };
        return AdminVerb.Create("propose", "Begins a rotation that a quorum has signed; it can be put in force a day later.", [members, threshold, signatures], async (scene, ct) =>
        {
            var (next, current) = await SetsAsync(scene.Chain.Bridge, scene.Get(members), scene.Get(threshold), ct);
            var digest = new Rotation(next).Digest(new Eip712Domain(scene.Chain.Id, scene.Chain.BridgeAddress));
            var signed = scene.Get(signatures).Select(text => Recover(text, digest, current)).DistinctBy(one => one.Signer).ToDictionary(one => one.Signer, one => one.Signature);
            var order = Certificate.TryAssemble(current, signed) ?? throw new UserException($"--signature: {signed.Count} members of epoch {current.Epoch} have signed, and {current.Threshold} must.");
            return [scene.Call(BridgeSettings.Rotate(next, order), $"begins a rotation: {Describe(next, current)}; a guardian can cancel it for a day, then anybody can put it in force", restricted: false)];
        });
    }

    private static (Address Signer, CompactSignature Signature) Recover(string text, Hash32 digest, ValidatorSet current)
    {
        if (!Hex.TryParse(text, out var bytes) || bytes.Length != CompactSignature.Length) throw new UserException($"--signature: '{text}' is not {CompactSignature.Length} bytes of hex.");
        var signature = new CompactSignature(bytes);
        return signature.TryRecover(digest, out var signer) && current.IndexOf(signer) >= 0
            ? (signer, signature)
            : throw new UserException($"--signature: {text[..18]}… is not by a member of epoch {current.Epoch} over this order, on this chain: have members, threshold and chain been the same?");
    }

    private static Command Activate() => AdminVerb.Create("activate", "Puts the rotation that waited for a day in force. Anybody may.", [], async (scene, ct) =>
    {
        var pending = await PendingAsync(scene, ct);
        return [scene.Call(BridgeSettings.ActivateRotation(), $"puts epoch {pending.Set.Epoch} in force; the set before it counts for a day more", restricted: false)];
    });

    private static Command Cancel() => AdminVerb.Create("cancel", "Drops the rotation that waits.", [], async (scene, ct) =>
    {
        var pending = await PendingAsync(scene, ct);
        return [scene.Call(BridgeSettings.CancelRotation(), $"drops the rotation to epoch {pending.Set.Epoch}, which could be put in force from {pending.ReadyAt:u} on; its signatures are worth nothing afterwards")];
    });

    private static Command EndOverlap() => AdminVerb.Create("end-overlap", "Ends the time in which the set before the current one still counts.", [], async (scene, ct) =>
    {
        var (epoch, until) = await scene.Chain.Bridge.OverlapAsync(ct);
        return [scene.Call(BridgeSettings.EndOverlap(), $"has certificates of epoch {epoch} count no more, which would count until {until:u}: what they certify must be signed again")];
    });

    private static async Task<PendingRotation> PendingAsync(AdminScene scene, CancellationToken ct) =>
        await scene.Chain.Bridge.PendingRotationAsync(ct) ?? throw new UserException($"No rotation waits on {scene.Chain}.");
}
