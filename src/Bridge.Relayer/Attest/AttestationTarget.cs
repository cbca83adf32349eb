using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Bridge.Core;
using Bridge.Relayer.Bus;

namespace Bridge.Relayer.Attest;

/// <summary>A relayer that gets this validator's attestations.</summary>
public interface IAttestationTarget
{
    /// <summary>The name under which the signing log remembers what this relayer has got.</summary>
    string Name { get; }

    /// <summary>Returns when the relayer has it.</summary>
    /// <exception cref="RefusedException">The relayer understood and refused; asking again would not help.</exception>
    /// <exception cref="NotTakenYetException">The relayer has not read the chains far enough, or has too much to judge: it will take it later.</exception>
    Task OfferAsync(Attestation attestation, CancellationToken ct);
}

public sealed class RefusedException(string message) : Exception(message);

public sealed class NotTakenYetException(string message) : Exception(message);

public sealed class BusTarget(Ringer ringer) : IAttestationTarget
{
    public string Name => "bus";

    public Task OfferAsync(Attestation attestation, CancellationToken ct) => ringer.PublishAsync(AttestationOffered.From(attestation), ct);
}

public sealed class HttpTarget(Uri relayer, HttpClient http) : IAttestationTarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Name => relayer.ToString();

    public async Task OfferAsync(Attestation attestation, CancellationToken ct)
    {
        var body = new
        {
            lane = new { source = attestation.Lane.Source.Value, destination = attestation.Lane.Destination.Value },
            laneId = attestation.Checkpoint.LaneId.ToString(),
            sequence = attestation.Checkpoint.Sequence.ToString(),
            rollingHash = attestation.Checkpoint.RollingHash.ToString(),
            epoch = attestation.Epoch.ToString(),
            signature = attestation.Signature.ToString(),
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        using var response = await http.PostAsJsonAsync(new Uri(relayer, "v1/attestations"), body, limit.Token);
        if (response.IsSuccessStatusCode) return;
        var answer = await response.Content.ReadAsStringAsync(ct);
        var said = $"{relayer} answered {(int)response.StatusCode}: {answer[..Math.Min(answer.Length, 500)]}";
        if (response.StatusCode is HttpStatusCode.TooManyRequests || MayBeTakenLater(answer)) throw new NotTakenYetException(said);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict) throw new RefusedException(said);
        throw new HttpRequestException(said);
    }

    /// <summary>A relayer that has not seen a lane or a rotation yet refuses what it will take once it has.</summary>
    private static bool MayBeTakenLater(string problem)
    {
        try
        {
            using var parsed = JsonDocument.Parse(problem);
            return parsed.RootElement is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("code", out var code)
                && code.ValueKind is JsonValueKind.String && code.GetString() is "FOREIGN_EPOCH" or "UNSUPPORTED_LANE";
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
