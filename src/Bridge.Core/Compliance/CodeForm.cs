using System.Text.RegularExpressions;

namespace Bridge.Core;

/// <summary>
/// The forms of what may be attached to a transfer: codes and opaque ids, into which free text does not fit. The database holds the same ones, and a
/// test holds the two together.
/// </summary>
public sealed partial class CodeForm
{
    // An id that people chose could be a name; 128 bits in hex are none.
    public static readonly CodeForm OpaqueId = new(OpaqueIdPattern(), "a UUID, or 32 to 64 hex digits without 0x, in lower case; of an id in another form its SHA-256 in hex");

    public static readonly CodeForm Provider = new(ProviderPattern(), "one word of 2 to 20 lower-case letters and digits, such as chainalysis");

    public static readonly CodeForm List = new(ListPattern(), "up to three words of upper-case letters and digits, each up to 8 long, with hyphens between, such as OFAC-SDN");

    public static readonly CodeForm Category = new(CategoryPattern(), "up to three words of 2 to 16 lower-case letters with underscores between, such as stolen_funds");

    public static readonly CodeForm Score = new(ScorePattern(), "a decimal text from 0 to 999 with at most 4 decimals, such as 0.85");

    private readonly Regex _pattern;

    private CodeForm(Regex pattern, string words) => (_pattern, Words) = (pattern, words);

    /// <summary>What fits, in words.</summary>
    public string Words { get; }

    public bool Fits(string? text) => text is not null && _pattern.IsMatch(text);

    [GeneratedRegex(@"\A(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,64})\z")]
    private static partial Regex OpaqueIdPattern();

    [GeneratedRegex(@"\A[a-z][a-z0-9]{1,19}\z")]
    private static partial Regex ProviderPattern();

    [GeneratedRegex(@"\A[A-Z][A-Z0-9]{1,7}(?:-[A-Z0-9]{1,8}){0,2}\z")]
    private static partial Regex ListPattern();

    [GeneratedRegex(@"\A[a-z]{2,16}(?:_[a-z]{2,16}){0,2}\z")]
    private static partial Regex CategoryPattern();

    [GeneratedRegex(@"\A(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,4})?\z")]
    private static partial Regex ScorePattern();
}
