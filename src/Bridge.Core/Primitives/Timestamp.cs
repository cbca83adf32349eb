using System.Globalization;

namespace Bridge.Core;

/// <summary>How a text names a time wherever it is hashed, signed or told by the API: RFC 3339 in UTC with six fraction digits, so that equal times are equal texts.</summary>
public static class Timestamp
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>What is finer than a microsecond is cut off: PostgreSQL keeps no more.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">Not in this one form.</exception>
    public static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
