using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Bridge.Client;

/// <summary>Tells a webhook of the API from one that somebody else sent, or sends again: Standard Webhooks 1.0.</summary>
public sealed class WebhookVerifier
{
    private const string Prefix = "whsec_";
    private const string Version = "v1,";

    private readonly byte[] _secret;
    private readonly TimeProvider _time;

    /// <param name="secret">As it was shown when the webhook was made, or its secret rotated: whsec_ and base64.</param>
    /// <exception cref="FormatException">It is no such secret.</exception>
    public WebhookVerifier(string secret, TimeProvider? time = null)
    {
        _secret = Convert.FromBase64String(secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret);
        if (_secret.Length == 0) throw new FormatException("The secret is empty.");
        _time = time ?? TimeProvider.System;
    }

    /// <summary>How far the sender's clock may be off, in both directions. Default five minutes.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What the webhook tells. Remember the ids for as long as <see cref="Tolerance"/>: the same one may come twice, also when all is well.
    /// </summary>
    /// <param name="id">Header webhook-id.</param>
    /// <param name="timestamp">Header webhook-timestamp.</param>
    /// <param name="signatures">Header webhook-signature.</param>
    /// <param name="body">As it came, byte by byte: what was read and written again has another signature.</param>
    /// <exception cref="CryptographicException">It is not the API's, was changed, or is too old.</exception>
    /// <exception cref="JsonException">It is signed with the secret, and no event of the API.</exception>
    public WebhookEvent Verify(string id, string timestamp, string signatures, ReadOnlySpan<byte> body)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) throw new CryptographicException("webhook-timestamp is no time.");
        if (Math.Abs(_time.GetUtcNow().ToUnixTimeSeconds() - (decimal)seconds) > (decimal)Tolerance.TotalSeconds) throw new CryptographicException("The webhook is too old, or one of the clocks is wrong.");
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = HMACSHA256.HashData(_secret, signed);
        // While a secret is rotated there are several.
        if (!signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(signature => Matches(signature, expected))) throw new CryptographicException("No signature of the webhook is right.");
        return JsonSerializer.Deserialize(body, ApiJson.Default.WebhookEvent) is { Type: not null, Data: not null } told
            ? told : throw new JsonException("The webhook is signed and no event of the API.");
    }

    private static bool Matches(string signature, byte[] expected)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return signature.StartsWith(Version, StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(signature.AsSpan(Version.Length), given, out var length) && length == given.Length
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
