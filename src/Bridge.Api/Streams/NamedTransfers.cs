using System.Collections.Frozen;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Api.Streams;

/// <summary>Which transfers a follower has named over its socket; each list takes the place of the one before.</summary>
/// <param name="required">True: none is told until some are named. False: all are.</param>
internal sealed class NamedTransfers(bool required)
{
    public const int Most = 1000;

    /// <summary>Enough for a list of the most ids, in any spacing that people use.</summary>
    public const int FrameBytes = 128 * 1024;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false,
    };

    private readonly TaskCompletionSource _named = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile FrozenSet<Hash32>? _ids;

    /// <summary>Ends once it is known what to tell.</summary>
    public Task Ready => required ? _named.Task : Task.CompletedTask;

    public bool Wants(Hash32 transfer) => _ids?.Contains(transfer) ?? !required;

    /// <summary>What is wrong with a frame, in at most 123 bytes, as a close frame holds no more; null: it was taken.</summary>
    public string? Take(ReadOnlySpan<byte> frame)
    {
        NamesBody? body;
        try
        {
            body = JsonSerializer.Deserialize<NamesBody>(frame, Strict);
        }
        catch (JsonException)
        {
            body = null;
        }
        if (body?.Transfers is not { } texts) return """expected {"transfers":["0x…", …]} and nothing else""";
        if (texts.Length > Most) return $"{texts.Length} transfers: at most {Most} can be followed over one socket";
        var ids = new HashSet<Hash32>();
        foreach (var text in texts)
        {
            if (!Hash32.TryParse(text, out var id)) return "a transfer's id is 0x and 64 hex digits";
            ids.Add(id);
        }
        _ids = ids.ToFrozenSet();
        _named.TrySetResult();
        return null;
    }

    private sealed record NamesBody(string[]? Transfers);
}
