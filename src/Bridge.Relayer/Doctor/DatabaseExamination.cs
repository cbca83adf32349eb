using System.Globalization;
using Bridge.Store;

namespace Bridge.Relayer.Doctor;

/// <summary>The organisation's database: reachable, new enough, up to date, not forgetful, its clock ours, and what a person must decide.</summary>
public sealed class DatabaseExamination(DatabaseSettings settings, Migrator migrator, ParkedStore parked, HaltStore halts, TimeProvider time) : IExamination
{
    private const int OldestVersion = 14;
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(1);

    public string Name => "database";

    public string Fix => "Look at Bridge:Database: is the server up, the login right, the database made?";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken ct)
    {
        var (version, now) = await settings.ServerAsync(ct);
        var findings = new List<Finding> { Version(version), Clock(now) };
        findings.AddRange((await settings.ForgetfulAsync(ct)).Select(setting =>
            Finding.Bad(Name, $"{setting} is off: a crash would undo what was confirmed", $"Set {setting} = on for the server, this database and this login")));
        if (await migrator.PendingAsync(ct) is { Count: > 0 } pending)
            return [.. findings, Finding.Bad(Name, $"it lacks {pending.Count} migrations, {pending[0]} first", "Run 'bridge migrate'")];
        findings.Add(Finding.Good(Name, "the schema is up to date"));
        return [.. findings, .. await DecisionsAsync(ct)];
    }

    private async Task<IReadOnlyList<Finding>> DecisionsAsync(CancellationToken ct)
    {
        var findings = (await halts.AllAsync(ct)).Select(halt => Finding.Warning($"lane {halt.Lane}", $"halted since {halt.At:u}: {halt.Reason}", "Look into it, then 'bridge lanes resume'")).ToList();
        if (await parked.DepthAsync(ct) is > 0 and var depth)
            findings.Add(Finding.Warning("bus", $"{depth} messages are parked", "'bridge parked list' shows why; then replay or discard each"));
        return findings;
    }

    private Finding Version(int version) => version >= OldestVersion * 10_000
        ? Finding.Good(Name, $"PostgreSQL {version / 10_000}.{version % 10_000}")
        : Finding.Bad(Name, $"PostgreSQL {version / 10_000} is too old", $"Upgrade to {OldestVersion} or newer");

    private Finding Clock(DateTimeOffset there)
    {
        var apart = (there - time.GetUtcNow()).Duration();
        return apart <= Skew
            ? Finding.Good(Name, "its clock and this machine's agree")
            : Finding.Warning(Name, string.Create(CultureInfo.InvariantCulture, $"its clock and this machine's are {apart.TotalSeconds:0.0} s apart"), "Set both by NTP: leases and holds are counted by them");
    }
}
