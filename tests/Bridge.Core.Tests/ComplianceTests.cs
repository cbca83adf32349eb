namespace Bridge.Core.Tests;

public class ComplianceTests
{
    private const string Uuid = "6f1f9a3e-6f0c-4d5e-9a53-0f3c8f7a9b11";
    private static readonly DateTimeOffset Asked = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));
    private static readonly Screening Full = new("chainalysis", Uuid, ScreeningType.Indirect, ScreeningResult.Review, Asked, "OFAC-SDN", "stolen_funds", "0.35");

    [Theory]
    [InlineData(Uuid, true)]
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0", false)]
    [InlineData("0123456789abcdef0123456789abcde", false)]
    [InlineData("6F1F9A3E-6F0C-4D5E-9A53-0F3C8F7A9B11", false)]
    [InlineData(Uuid + "\n", false)]
    [InlineData(" " + Uuid, false)]
    [InlineData("Ada Lovelace", false)]
    [InlineData("Augusta-Ada-King-Countess-of-Lovelace", false)]
    [InlineData("ad1200012030200359100100", false)] // an account's number
    [InlineData("1815-12-10", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_what_nobody_could_be_called_is_an_opaque_id(string? text, bool fits) => CodeForm.OpaqueId.Fits(text).ShouldBe(fits);

    [Theory]
    [InlineData("trm", "UN", "mixer", "0")]
    [InlineData("a1", "OFAC-SDN", "high_risk_jurisdiction", "999.9999")]
    public void Codes_fit(string provider, string list, string category, string score)
    {
        CodeForm.Provider.Fits(provider).ShouldBeTrue();
        CodeForm.List.Fits(list).ShouldBeTrue();
        CodeForm.Category.Fits(category).ShouldBeTrue();
        CodeForm.Score.Fits(score).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Ada Lovelace")]
    [InlineData("ada lovelace")]
    [InlineData("Lovelace, Ada")]
    [InlineData("Łukasz")]
    [InlineData("O'Neill")]
    [InlineData("ada.lovelace@example.org")]
    [InlineData("matched by hand: see the file of 3 May")]
    [InlineData("trm\n")]
    [InlineData("1,5")]
    [InlineData("")]
    [InlineData(null)]
    public void Neither_a_name_nor_a_sentence_fits_anywhere(string? text)
    {
        foreach (var form in new[] { CodeForm.OpaqueId, CodeForm.Provider, CodeForm.List, CodeForm.Category, CodeForm.Score }) form.Fits(text).ShouldBeFalse(form.Words);
    }

    [Theory]
    [InlineData("blocked", ScreeningResult.Blocked)]
    [InlineData("Blocked", null)]
    [InlineData("2", null)]
    [InlineData("clear, review", null)]
    [InlineData(null, null)]
    public void A_word_is_read_in_one_form_only(string? word, ScreeningResult? result) => CodeWord.Read<ScreeningResult>(word).ShouldBe(result);

    [Fact]
    public void A_screening_has_one_text_which_is_read_back()
    {
        Full.Text().ShouldBe(
            $$"""{"at":"2026-01-02T02:04:05.000000Z","category":"stolen_funds","list":"OFAC-SDN","provider":"chainalysis","requestId":"{{Uuid}}","result":"review","score":"0.35","type":"indirect"}""");
        foreach (var one in new[] { Full, Full with { List = null, Category = null, Score = null, Type = ScreeningType.None } }) Screening.Parse(one.Text()).ShouldBe(one with { At = Asked.ToUniversalTime() });
        foreach (var other in new[] { " " + Full.Text(), Full.Text().Replace("review", "maybe", StringComparison.Ordinal), Full.Text().Replace("}", ",\"name\":\"Ada\"}", StringComparison.Ordinal), "{}", "[]", "null", "1", "" })
            Should.Throw<FormatException>(() => Screening.Parse(other), other);
    }

    [Fact]
    public void The_worst_result_is_the_one_that_is_said()
    {
        Screening.Worst([]).ShouldBeNull();
        Screening.Worst([Text(ScreeningResult.Clear)]).ShouldBe(ScreeningResult.Clear);
        Screening.Worst([Text(ScreeningResult.Clear), Text(ScreeningResult.Blocked), Text(ScreeningResult.Review)]).ShouldBe(ScreeningResult.Blocked);

        static string Text(ScreeningResult result) => (Full with { Result = result }).Text();
    }
}
