using Bridge.Core;
using Bridge.SystemTests.Store;
using Npgsql;

namespace Bridge.SystemTests.Api.Compliance;

/// <summary>The database holds the forms of references by itself; they are those of the code, on both sides of each.</summary>
public sealed class ReferenceFormTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly Screening Least = new("trm", Integrator.Uuid, ScreeningType.None, ScreeningResult.Clear, DateTimeOffset.UnixEpoch);

    private static readonly string[] Ids =
    [
        Integrator.Uuid, Integrator.Uuid.ToUpperInvariant(), Integrator.Uuid + "\n", Integrator.Uuid[..^1], new('a', 31), new('a', 32), new('a', 64), new('a', 65), new('g', 32), "Ada Lovelace",
        "Augusta-Ada-King-Countess-of-Lovelace",
    ];

    private static readonly string[] Codes =
    [
        "trm", "t", "a1", new('a', 20), new('a', 21), "UN", "OFAC-SDN", "OFAC-SDN-A1", "A-B-C-D", "UN\n", "mixer", "stolen_funds", "a_b", "aa_bb_cc", "aa_bb_cc_dd", "Łukasz", "O'Neill", "ada lovelace",
        "0", "0.35", "999.9999", "1000", "00", "1.", "1,5", "",
    ];

    [Fact]
    public async Task The_database_takes_what_the_code_takes_and_refuses_what_it_refuses()
    {
        await Integrator.WithAsync(api, "compliance");
        foreach (var id in Ids)
        {
            await AgreesAsync(CodeForm.OpaqueId.Fits(id), id, []);
            await AgreesAsync(CodeForm.OpaqueId.Fits(id), null, [(Least with { RequestId = id }).Text()]);
        }
        foreach (var code in Codes)
        {
            await AgreesAsync(CodeForm.Provider.Fits(code), null, [(Least with { Provider = code }).Text()]);
            await AgreesAsync(CodeForm.List.Fits(code), null, [(Least with { List = code }).Text()]);
            await AgreesAsync(CodeForm.Category.Fits(code), null, [(Least with { Category = code }).Text()]);
            await AgreesAsync(CodeForm.Score.Fits(code), null, [(Least with { Score = code }).Text()]);
        }
        foreach (var type in Enum.GetValues<ScreeningType>()) await AgreesAsync(true, null, [(Least with { Type = type }).Text()]);
        foreach (var result in Enum.GetValues<ScreeningResult>()) await AgreesAsync(true, null, [(Least with { Result = result }).Text()]);
    }

    [Fact]
    public async Task What_is_no_screening_is_not_stored_as_one_nor_more_of_them_than_may_be()
    {
        await Integrator.WithAsync(api, "compliance");
        foreach (var other in new[] { null, "{}", "Ada Lovelace", Least.Text().Replace("clear", "ask Ada", StringComparison.Ordinal), Least.Text().Replace("}", ",\"name\":\"Ada\"}", StringComparison.Ordinal) })
            await AgreesAsync(false, null, [Least.Text(), other]);
        await AgreesAsync(true, null, [.. Enumerable.Repeat(Least.Text(), ComplianceReference.MostScreenings)]);
        await AgreesAsync(false, null, [.. Enumerable.Repeat(Least.Text(), ComplianceReference.MostScreenings + 1)]);
    }

    [Theory]
    [InlineData("sha224('a'), sha256('a')")]
    [InlineData("sha256('a'), sha224('a')")]
    public async Task A_hash_has_32_bytes(string hashes)
    {
        await Integrator.WithAsync(api, "compliance");
        (await api.Store.RefusalAsync($"INSERT INTO compliance_reference (request_id, message_id, ivms101_hash, key_id, screening) SELECT gen_random_uuid(), {hashes}, id, '{{}}' FROM api_key LIMIT 1", "bridge_api"))
            .ShouldBe(PostgresErrorCodes.CheckViolation);
    }

    private async Task AgreesAsync(bool fits, string? reference, string?[] screening)
    {
        var refusal = await api.Store.RefusalAsync(
            "INSERT INTO compliance_reference (request_id, message_id, key_id, travel_rule_ref, screening) "
            + $"SELECT gen_random_uuid(), sha256('a'), id, {Text(reference)}, ARRAY[{string.Join(", ", screening.Select(Text))}]::text[] FROM api_key LIMIT 1", "bridge_api");
        refusal.ShouldBe(fits ? null : PostgresErrorCodes.CheckViolation, reference ?? string.Join(' ', screening));

        static string Text(string? value) => value is null ? "NULL" : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }
}
