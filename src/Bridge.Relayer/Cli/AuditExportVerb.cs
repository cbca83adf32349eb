using System.CommandLine;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Log;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.Relayer.Cli;

/// <summary>Writes an export of transfers with its signed manifest, as the API has it written.</summary>
internal static class AuditExportVerb
{
    public static readonly Option<FileInfo?> Out = new("--out") { Description = "Write transfers as the log tells them to this file, one row each, and a signed manifest beside it." };

    public static readonly Option<string> Form = new("--format") { Description = "With --out: csv or jsonl.", DefaultValueFactory = _ => "csv" };

    public static readonly Option<string[]> Filters = new("--filter") { Description = $"With --out: name=value, once for each; {string.Join(", ", ExportFilter.Known.Keys)}." };

    public static readonly Option<string?> Columns = new("--columns") { Description = $"With --out: comma-separated, in that order; default all of {string.Join(", ", ExportColumns.All)}." };

    public static readonly Option<ulong?> TreeSize = new("--tree-size") { Description = "With --out: leaves of a signed checkpoint; the same export over the same size has the same bytes. Default: the newest." };

    public static Task<int> WriteAsync(ParseResult parsed, string? config, FileInfo file, CancellationToken ct) => Common.WithStoreAsync(config, async services =>
    {
        var log = ConfigurationLoader.LogOf(config);
        var size = parsed.GetValue(TreeSize);
        var note = size is null ? await AuditLogVerbs.NewestAsync(services, ct) : await services.GetRequiredService<LogReader>().CheckpointAsync(ct, size.Value);
        if (note is null || (size is not null && note.Checkpoint.Size != size)) throw new UserException($"--tree-size: no checkpoint of {size} leaves was signed.");
        var request = Read(parsed, note.Checkpoint.Size);
        var key = LogKey.Open(log);
        WrittenExport written;
        await using (var output = file.Create()) written = await ExportWriter.WriteAsync(services.GetRequiredService<NpgsqlDataSource>(), request, output, ct);
        await File.WriteAllTextAsync(file.FullName + AuditLogVerbs.ManifestSuffix, await new ExportSigner(key, TimeProvider.System).ManifestAsync(request, written, note, ct) + "\n", ct);
        Console.WriteLine($"{written.Rows} rows, {written.Bytes} bytes, SHA-256 {written.Sha256}, of a log of {request.TreeSize} leaves");
        return 0;
    });

    private static ExportRequest Read(ParseResult parsed, ulong size)
    {
        var format = parsed.GetValue(Form)!;
        if (!ExportRequest.Formats.Contains(format)) throw new UserException($"--format: one of {string.Join(", ", ExportRequest.Formats)}, not '{format}'.");
        var pairs = (parsed.GetValue(Filters) ?? []).Select(text => text.Split('=', 2)).ToList();
        if (pairs.FirstOrDefault(pair => pair.Length != 2) is { } wrong) throw new UserException($"--filter: '{wrong[0]}' is not name=value.");
        var (filter, errors) = ExportFilter.Read(pairs.Select(pair => KeyValuePair.Create(pair[0], pair[1])));
        if (filter is null) throw new UserException(string.Join(Environment.NewLine, errors.Select(error => $"--filter {error.Key}: {string.Join(' ', error.Value)}")));
        var columns = parsed.GetValue(Columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [.. ExportColumns.All];
        if (columns.FirstOrDefault(column => !ExportColumns.All.Contains(column)) is { } unknown) throw new UserException($"--columns: there is no column '{unknown}'.");
        return new ExportRequest(format, filter, columns, size);
    }
}
