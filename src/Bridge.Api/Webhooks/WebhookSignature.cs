using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bridge.Api.Webhooks;

/// <summary>Standard Webhooks 1.0: <c>v1,</c> and base64 of HMAC-SHA256 over id, timestamp and body, joined by dots.</summary>
internal static class WebhookSignature
{
    public const string SecretPrefix = "whsec_";
    public const int SecretLength = 32;

    public static string Sign(byte[] secret, string id, DateTimeOffset at, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{id}.{Timestamp(at)}.{body}")));

    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>As receivers are given it.</summary>
    public static string Text(byte[] secret) => SecretPrefix + Convert.ToBase64String(secret);
}
