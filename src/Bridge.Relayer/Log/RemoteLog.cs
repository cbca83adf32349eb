using System.Net;
using System.Net.Http.Json;
using Bridge.Core;

namespace Bridge.Relayer.Log;

/// <summary>Another operator's log, read through its API. Nothing that it says is believed.</summary>
public sealed class RemoteLog(Uri api, HttpClient http)
{
    private const int LongestAnswer = 64 * 1024;

    public async Task<SignedNote?> CheckpointAsync(CancellationToken ct)
    {
        using var response = await http.GetAsync(new Uri(api, "v1/audit/log/checkpoint"), HttpCompletionOption.ResponseHeadersRead, ct);
        if (response.StatusCode is HttpStatusCode.NotFound) return null;
        response.EnsureSuccessStatusCode();
        var text = System.Text.Encoding.UTF8.GetString(await ReadAsync(response, ct));
        return SignedNote.TryParse(text, out var note) ? note : throw new InvalidOperationException($"{api} answers with something that is no signed checkpoint");
    }

    /// <summary>The roots of ranges in a tree of <paramref name="size"/> leaves, worked out from its tiles.</summary>
    public Task<IReadOnlyList<Hash32>> RootsAsync(IReadOnlyList<LeafRange> ranges, ulong size, CancellationToken ct)
    {
        var tiles = new Dictionary<(int, ulong), IReadOnlyList<Hash32>>();
        return TileRoots.OfAsync(ranges, async (level, first, count) =>
        {
            var tile = TilePath.Holding(level, first, size);
            if (!tiles.TryGetValue((level, tile.Index), out var hashes)) tiles[(level, tile.Index)] = hashes = await TileAsync(tile, ct);
            return [.. hashes.Skip((int)(first - tile.First)).Take(count)];
        });
    }

    /// <summary>Hands a cosignature in.</summary>
    public async Task CosignAsync(SignedNote cosigned, CancellationToken ct)
    {
        using var response = await http.PostAsJsonAsync(new Uri(api, "v1/audit/log/cosignatures"), new { note = cosigned.Text() }, ct);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{api} did not take the cosignature: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(ct)}");
    }

    private async Task<IReadOnlyList<Hash32>> TileAsync(TilePath tile, CancellationToken ct)
    {
        using var response = await http.GetAsync(new Uri(api, $"v1/audit/log/tile/{tile.Level}/{tile.Path()}"), HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        var bytes = await ReadAsync(response, ct);
        if (bytes.Length != tile.Width * Hash32.Length) throw new InvalidOperationException($"{api} answers with {bytes.Length} bytes in the place of the tile {tile.Level}/{tile.Path()}");
        return [.. Enumerable.Range(0, tile.Width).Select(i => new Hash32(bytes.AsSpan(i * Hash32.Length, Hash32.Length)))];
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var bytes = new byte[LongestAnswer + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return length <= LongestAnswer ? bytes[..length] : throw new InvalidOperationException("an answer of the log is longer than 64 KiB");
    }
}
