using System.Globalization;

namespace Bridge.Api;

/// <summary>Base units as callers write them: digits only, one way to write each number.</summary>
internal static class Amounts
{
    private const int MostDigits = 39;

    /// <summary>Null for a sign, an exponent, a fraction, a leading zero, a digit of another script, or 2^128 and above.</summary>
    public static UInt128? TryRead(string text)
    {
        if (text.Length is 0 or > MostDigits || text.AsSpan().ContainsAnyExceptInRange('0', '9') || (text.Length > 1 && text[0] == '0')) return null;
        return UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? amount : null;
    }
}

/// <summary>Times as callers write them: RFC 3339 with a zone, since one without a zone is a guess.</summary>
internal static class Times
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK"];

    public static DateTimeOffset? TryRead(string text)
    {
        // A plus sign in a query is a space.
        var written = text.Length > 6 && text[^6] == ' ' ? $"{text[..^6]}+{text[^5..]}" : text;
        var zoned = written.EndsWith('Z') || (written.Length > 6 && written[^6] is '+' or '-' && written[^3] == ':');
        return zoned && DateTimeOffset.TryParseExact(written, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time >= DateTimeOffset.UnixEpoch
            ? time.ToUniversalTime()
            : null;
    }
}
