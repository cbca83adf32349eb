using System.Text.Json;

namespace Bridge.Core;

/// <summary>How a transfer's parties touch what was screened for.</summary>
public enum ScreeningType { None, Indirect, Direct }

/// <summary>What follows from it, the worst last.</summary>
public enum ScreeningResult { Clear, Review, Blocked }

/// <summary>What a provider answered of a transfer, in codes. What they mean stays with the provider, under <paramref name="RequestId"/>.</summary>
/// <param name="Provider">As <see cref="CodeForm.Provider"/>.</param>
/// <param name="RequestId">As <see cref="CodeForm.OpaqueId"/>.</param>
/// <param name="At">When it was asked.</param>
/// <param name="List">As <see cref="CodeForm.List"/>.</param>
/// <param name="Category">As <see cref="CodeForm.Category"/>.</param>
/// <param name="Score">As <see cref="CodeForm.Score"/>; what it counts is the provider's.</param>
public sealed record Screening(
    string Provider, string RequestId, ScreeningType Type, ScreeningResult Result, DateTimeOffset At, string? List = null, string? Category = null, string? Score = null)
{
    /// <summary>Canonical JSON, as the database keeps it and the log tells it.</summary>
    public string Text()
    {
        var members = new Dictionary<string, string>
        {
            ["provider"] = Provider, ["requestId"] = RequestId, ["type"] = CodeWord.Of(Type), ["result"] = CodeWord.Of(Result), ["at"] = Timestamp.Format(At),
        };
        foreach (var (name, value) in new[] { ("list", List), ("category", Category), ("score", Score) })
            if (value is not null) members[name] = value;
        return CanonicalJson.Write(JsonSerializer.SerializeToElement(members));
    }

    /// <exception cref="FormatException">It was not written by <see cref="Text"/>.</exception>
    public static Screening Parse(string text)
    {
        var members = Members(text);
        var read = new Screening(
            Member("provider"), Member("requestId"), Word<ScreeningType>("type"), Word<ScreeningResult>("result"), Timestamp.Parse(Member("at")),
            members.GetValueOrDefault("list"), members.GetValueOrDefault("category"), members.GetValueOrDefault("score"));
        return read.Text() == text ? read : throw new FormatException("A screening has one form only, and this is another.");

        string Member(string name) => members.GetValueOrDefault(name) ?? throw new FormatException($"A screening has a {name}.");
        T Word<T>(string name) where T : struct, Enum => CodeWord.Read<T>(Member(name)) ?? throw new FormatException($"A screening's {name} is one of {string.Join(", ", CodeWord.All<T>())}.");
    }

    /// <summary>The worst that the texts of screenings say; null where none says anything.</summary>
    /// <exception cref="FormatException">One of them is no JSON object of texts.</exception>
    public static ScreeningResult? Worst(IEnumerable<string> texts) => texts.Select(text => CodeWord.Read<ScreeningResult>(Members(text).GetValueOrDefault("result"))).Max();

    private static Dictionary<string, string> Members(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(text) ?? [];
        }
        catch (JsonException e)
        {
            throw new FormatException("Not a screening.", e);
        }
    }
}
