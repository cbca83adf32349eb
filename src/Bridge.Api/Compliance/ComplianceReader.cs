using Bridge.Core;

namespace Bridge.Api.Compliance;

/// <summary>Reads what shall be attached, or says by field what does not fit. It never repeats what was given: that may be a name, and answers are kept.</summary>
internal static class ComplianceReader
{
    private const string Nothing = "Expected travelRuleRef, ivms101Hash or a list of screenings. An empty list, with nothing else, takes back what was attached before.";

    public static (ComplianceReference? Reference, IReadOnlyDictionary<string, string[]> Errors) Read(AttachComplianceBody body)
    {
        var errors = new Dictionary<string, string[]>();
        if (body is { Screening: null, TravelRuleRef: null, Ivms101Hash: null }) errors["screening"] = [Nothing];
        Check("travelRuleRef", CodeForm.OpaqueId, body.TravelRuleRef, errors, optional: true);
        Hash32? hash = Hash32.TryParse(body.Ivms101Hash, out var parsed) ? parsed : null;
        if (body.Ivms101Hash is not null && hash is null) errors["ivms101Hash"] = ["Expected 0x and 64 hex digits."];
        var given = body.Screening ?? [];
        if (given.Count > ComplianceReference.MostScreenings) errors["screening"] = [$"Expected at most {ComplianceReference.MostScreenings}."];
        var screenings = given.Take(ComplianceReference.MostScreenings).Select((one, i) => Read(one, $"screening[{i}]", errors)).OfType<Screening>().ToList();
        return (errors.Count == 0 ? new ComplianceReference(body.TravelRuleRef, hash, screenings) : null, errors);
    }

    private static Screening? Read(ScreeningBody? one, string at, Dictionary<string, string[]> errors)
    {
        if (one is null)
        {
            errors[at] = ["Expected an object."];
            return null;
        }
        Check($"{at}.provider", CodeForm.Provider, one.Provider, errors);
        Check($"{at}.requestId", CodeForm.OpaqueId, one.RequestId, errors);
        Check($"{at}.list", CodeForm.List, one.List, errors, optional: true);
        Check($"{at}.category", CodeForm.Category, one.Category, errors, optional: true);
        Check($"{at}.score", CodeForm.Score, one.Score, errors, optional: true);
        var (type, result) = (Word<ScreeningType>($"{at}.type", one.Type, errors), Word<ScreeningResult>($"{at}.result", one.Result, errors));
        var time = Times.TryRead(one.At ?? "");
        if (time is null) errors[$"{at}.at"] = ["Expected a time with its zone, such as 2026-01-02T03:04:05Z."];
        return type is { } touching && result is { } outcome && time is { } asked
            ? new Screening(one.Provider, one.RequestId, touching, outcome, asked, one.List, one.Category, one.Score)
            : null;
    }

    private static void Check(string field, CodeForm form, string? value, Dictionary<string, string[]> errors, bool optional = false)
    {
        if (!form.Fits(value) && !(optional && value is null)) errors[field] = [$"Expected {form.Words}."];
    }

    private static T? Word<T>(string field, string? value, Dictionary<string, string[]> errors) where T : struct, Enum
    {
        var read = CodeWord.Read<T>(value);
        if (read is null) errors[field] = [$"Expected one of {string.Join(", ", CodeWord.All<T>())}."];
        return read;
    }
}
