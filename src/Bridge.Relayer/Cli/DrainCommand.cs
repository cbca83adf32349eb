using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Bridge.Relayer.Hosting;

namespace Bridge.Relayer.Cli;

/// <summary>Has a node on this machine begin nothing more, finish what it has in flight, and end.</summary>
internal static partial class DrainCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        var pid = new Option<int>("--pid") { Required = true, Description = "The node's process, on this machine or in this container." };
        var wait = new Option<int>("--wait") { Description = "Seconds to wait for its end, 0 to 86400. Default 600.", DefaultValueFactory = _ => 600 };
        var json = Common.Json();
        return new Command("drain", "Has a running node take no new work, finish what it has in flight, and end with exit code 0. Exit code 0 when it has ended, 1 if it drains on: it goes on so until it is done, or stopped.") { pid, wait, json }
            .Does(async (parsed, ct) =>
            {
                var (process, seconds) = (parsed.GetValue(pid), parsed.GetValue(wait));
                if (seconds is < 0 or > 86_400) throw new UserException("--wait: 0 to 86400 seconds.");
                var began = RequireNode(process);
                if (Kill(process, Drain.Signal) != 0) throw new UserException($"--pid: process {process} cannot be told: {Marshal.GetLastPInvokeErrorMessage()}");
                var since = TimeProvider.System.GetTimestamp();
                while (Began(process) == began && TimeProvider.System.GetElapsedTime(since).TotalSeconds < seconds) await Task.Delay(Look, ct);
                var ended = Began(process) != began;
                if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new { pid = process, ended }));
                else Console.WriteLine(ended ? $"Process {process} has finished its work and ended." : $"Process {process} drains on; its log and /healthz/ready say what it waits for.");
                return ended ? 0 : Common.Failed;
            });
    }

    /// <summary>Any other process would be killed by the signal.</summary>
    /// <returns>When it was started, by the kernel's clock.</returns>
    private static string RequireNode(int process)
    {
        if (!OperatingSystem.IsLinux()) throw new UserException("Nodes are drained on Linux only; elsewhere stop them: what is in flight, the next start takes up.");
        if (process <= 0 || Began(process) is not { } began) throw new UserException($"--pid: there is no process {process} here.");
        return Read(process, "cmdline").Split('\0').Contains("run") && Catches(process) ? began : throw new UserException($"--pid: process {process} is no 'bridge run' that could be drained.");
    }

    private static bool Catches(int process) => Read(process, "status").Split('\n').FirstOrDefault(line => line.StartsWith("SigCgt:", StringComparison.Ordinal)) is { } caught
        && ulong.TryParse(caught["SigCgt:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask) && (mask & (1UL << (Drain.Signal - 1))) != 0;

    /// <summary>Null of one that is not there or has ended.</summary>
    private static string? Began(int process)
    {
        // Behind the name, which is in parentheses and may hold anything: the state first, and the start time as the twentieth.
        var fields = Read(process, "stat") is { Length: > 0 } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : [];
        return fields.Length > 19 && fields[0] is not ("Z" or "X") ? fields[19] : null;
    }

    private static string Read(int process, string what)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{what}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
