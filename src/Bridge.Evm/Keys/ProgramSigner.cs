using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// A key behind a program, for what no other way reaches: an HSM, a KMS, a card. It is started anew for each signature, by its path and without
/// a shell. Its standard input gets one JSON object, its standard output must be 0x and the hex of r, s and v, its exit code 0.
/// </summary>
/// <param name="path">Absolute.</param>
/// <param name="arguments">Seen by everybody on this machine: none may be a secret.</param>
/// <param name="timeout">After which it is killed with all that it started.</param>
public sealed class ProgramSigner(Address address, string path, IReadOnlyList<string> arguments, TimeSpan timeout) : ISigner
{
    private const int AtOnce = 4;
    private const int LongestAnswer = 4096;

    /// <summary>How this process's own configuration, secrets included, reaches it: nothing for others.</summary>
    private const string OwnVariables = "Bridge__";

    private readonly SemaphoreSlim _places = new(AtOnce);

    public Address Address => address;

    public async Task<CompactSignature> SignAsync(byte[] preimage, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            var digest = Keccak256.Hash(preimage);
            return SignerReply.Read(path, await RunAsync(Question(preimage, digest), ct), digest, address);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    public override string ToString() => $"exec:{path}";

    private byte[] Question(byte[] preimage, Hash32 digest) => JsonSerializer.SerializeToUtf8Bytes(
        new { version = 1, address = address.ToString(), digest = digest.ToString(), preimage = Hex.Format(preimage) });

    private async Task<string> RunAsync(byte[] question, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        using var process = Start();
        try
        {
            var (answer, complaint) = (ReadAsync(process.StandardOutput, limit.Token), ReadAsync(process.StandardError, limit.Token));
            await WriteAsync(process, question, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0) throw new SignerException(path, $"it ended with {process.ExitCode}: {LastLine(await complaint)}");
            return await answer;
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new SignerException(path, $"no answer within {timeout.TotalSeconds:0.###} s; it was killed", e) { MayPass = true };
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith(OwnVariables, StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        try
        {
            return Process.Start(start) ?? throw new SignerException(path, "it cannot be started");
        }
        catch (Win32Exception e)
        {
            throw new SignerException(path, $"it cannot be started: {e.Message}", e);
        }
    }

    private static async Task WriteAsync(Process process, byte[] question, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(question, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading: its exit code says more.
        }
    }

    /// <summary>No more of it than an answer can be; the rest is read and dropped, so that the program can end.</summary>
    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken ct)
    {
        var (kept, buffer) = (new System.Text.StringBuilder(), new char[1024]);
        while (await reader.ReadAsync(buffer, ct) is > 0 and var count)
            kept.Append(buffer, 0, Math.Min(count, LongestAnswer - kept.Length));
        return kept.ToString();
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() is { } line ? line[..Math.Min(line.Length, 200)] : "it said nothing on standard error";
}
