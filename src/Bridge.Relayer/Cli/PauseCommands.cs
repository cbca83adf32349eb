using System.CommandLine;
using System.Globalization;
using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Stops and lets go on what this organisation does: a lane, all lanes of a chain, or a role. On chain, 'bridge admin pause' does.</summary>
internal static class PauseCommands
{
    /// <summary>The others begin nothing: they read and write down.</summary>
    private static readonly string[] Pausable = [Roles.Attest, Roles.Execute, Roles.Submit, Roles.Sponsor];

    private sealed record Decision(IServiceProvider Services, string By, string Why);

    public static Command Pause() => Verb("pause", "Has this organisation sign and deliver nothing for a lane or a chain, or a role begin nothing. Exit code 2 if it stands still already. On chain: 'bridge admin pause'.", PauseLaneAsync, async (one, role, ct) =>
    {
        if (!await one.Services.GetRequiredService<RolePauseStore>().PauseAsync(role, one.By, one.Why, ct)) throw new UserException($"The role {role} is paused already.");
        Console.WriteLine($"The role {role} begins nothing more here, until 'bridge resume --role {role}'. What it has in flight is followed up.");
    });

    public static Command Resume() => Verb("resume", "Lets go on what 'pause' stopped. Exit code 2 if nothing is. Lanes that halted by themselves: 'bridge lanes resume'.", ResumeLaneAsync, async (one, role, ct) =>
    {
        if (!await one.Services.GetRequiredService<RolePauseStore>().ResumeAsync(role, one.By, one.Why, ct)) throw new UserException($"The role {role} is not paused.");
        Console.WriteLine($"The role {role} goes on.");
    });

    private static Command Verb(string name, string description, Func<Decision, Lane, CancellationToken, Task<bool>> forLane, Func<Decision, string, CancellationToken, Task> forRole)
    {
        var (config, by, why) = (Common.Config(), Common.By(), Common.Why("Why; written down."));
        var lane = new Option<string?>("--lane") { Description = "Ids of source and destination chain, as 1:10." };
        var chain = new Option<ulong?>("--chain") { Description = "Id of a chain: every lane from or to it." };
        var role = new Option<string?>("--role") { Description = $"In every process on this database: {string.Join(", ", Pausable)}." };
        return new Command(name, description) { config, lane, chain, role, by, why }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var one = new Decision(services, parsed.GetValue(by)!.Trim(), parsed.GetValue(why)!.Trim());
            switch (parsed.GetValue(lane), parsed.GetValue(chain), parsed.GetValue(role))
            {
                case ({ } text, null, null):
                    await LanesAsync(one, [LanesCommand.Parse(text)], forLane, ct);
                    return 0;
                case (null, { } id, null):
                    var lanes = (await services.GetRequiredService<TransferStore>().LanesAsync(ct)).Where(known => known.Source.Value == id || known.Destination.Value == id).ToList();
                    if (lanes.Count == 0) throw new UserException($"--chain: no lane from or to chain {id} was read here.");
                    await LanesAsync(one, lanes, forLane, ct);
                    return 0;
                case (null, null, { } which):
                    if (!Pausable.Contains(which)) throw new UserException($"--role: {string.Join(", ", Pausable)}; '{which}' begins nothing that could be stopped but by stopping its node.");
                    await forRole(one, which, ct);
                    return 0;
                default:
                    throw new UserException("Give one of --lane, --chain and --role.");
            }
        }));
    }

    private static async Task LanesAsync(Decision one, IReadOnlyList<Lane> lanes, Func<Decision, Lane, CancellationToken, Task<bool>> forLane, CancellationToken ct)
    {
        var changed = 0;
        foreach (var lane in lanes) if (await forLane(one, lane, ct)) changed++;
        if (changed == 0) throw new UserException($"Nothing was changed for {string.Join(", ", lanes)}: see 'bridge lanes list'.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{changed} lanes were changed."));
    }

    private static async Task<bool> PauseLaneAsync(Decision one, Lane lane, CancellationToken ct)
    {
        var halts = one.Services.GetRequiredService<HaltStore>();
        if (await halts.CurrentAsync(lane, ct) is not null) return false;
        await halts.HaltAsync(lane, HaltCodes.OperatorPause, $"paused by {one.By}: {one.Why}", ct);
        return true;
    }

    /// <summary>What halted by itself stays: that a person has looked into is said lane by lane.</summary>
    private static async Task<bool> ResumeLaneAsync(Decision one, Lane lane, CancellationToken ct)
    {
        var halts = one.Services.GetRequiredService<HaltStore>();
        if (await halts.CurrentAsync(lane, ct) is not { Code: HaltCodes.OperatorPause }) return false;
        await halts.ResumeAsync(lane, one.By, one.Why, ct);
        return true;
    }
}
