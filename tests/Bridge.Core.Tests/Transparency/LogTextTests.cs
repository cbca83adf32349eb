using System.Text.Json;

namespace Bridge.Core.Tests.Transparency;

/// <summary>The texts of the log: tile paths, canonical JSON, checkpoints.</summary>
public class LogTextTests
{
    [Theory]
    [InlineData(0, 0, 256, "000")]
    [InlineData(0, 1234067, 256, "x001/x234/067")]
    [InlineData(1, 5, 7, "005.p/7")]
    [InlineData(7, 1000, 255, "x001/000.p/255")]
    public void A_tile_has_one_path(int level, ulong index, int width, string path)
    {
        new TilePath(level, index, width).Path().ShouldBe(path);
        TilePath.TryParse(level.ToString(), path, out var tile).ShouldBeTrue();
        tile.ShouldBe(new TilePath(level, index, width));
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0", "1234")]
    [InlineData("0", "x000/001")]
    [InlineData("0", "001/002")]
    [InlineData("0", "000.p/0")]
    [InlineData("0", "000.p/256")]
    [InlineData("0", "000.p/01")]
    [InlineData("0", "")]
    [InlineData("8", "000")]
    [InlineData("00", "000")]
    [InlineData("-1", "000")]
    [InlineData("0", "x001/x001/x001/x001/x001/x001/001")]
    public void Any_other_path_is_none(string level, string path) => TilePath.TryParse(level, path, out _).ShouldBeFalse();

    [Fact]
    public void Every_complete_subtree_lies_in_one_tile()
    {
        TilePath.Below(new Subtree(0, 300)).ShouldBe((0, 300UL, 1));
        TilePath.Below(new Subtree(3, 5)).ShouldBe((0, 40UL, 8));
        TilePath.Below(new Subtree(8, 2)).ShouldBe((1, 2UL, 1));
        TilePath.Below(new Subtree(10, 3)).ShouldBe((1, 12UL, 4));
    }

    [Theory]
    [InlineData("""{ "b": "1", "a": [ true, false, null ] }""", """{"a":[true,false,null],"b":"1"}""")]
    [InlineData("""{ "\u20ac": "Euro", "\r": "CR", "\ufb33": "D", "1": "One", "\ud83d\ude00": "S", "\u0080": "C", "\u00f6": "O" }""",
        "{\"\\r\":\"CR\",\"1\":\"One\",\"\u0080\":\"C\",\"\u00f6\":\"O\",\"\u20ac\":\"Euro\",\"\ud83d\ude00\":\"S\",\"\ufb33\":\"D\"}")]
    [InlineData("""{ "a": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\/" }""", "{\"a\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}")]
    public void JSON_has_one_form(string json, string canonical) => CanonicalJson.Write(JsonDocument.Parse(json).RootElement).ShouldBe(canonical);

    [Fact]
    public void A_number_is_refused() => Should.Throw<FormatException>(() => CanonicalJson.Write(JsonDocument.Parse("[1]").RootElement));

    [Fact]
    public void A_checkpoint_s_text_is_read_back_and_no_other_form_of_it_is()
    {
        var note = new SignedNote(new LogCheckpoint("bridge.example/log", 17, MerkleHash.Leaf([1])), [new NoteSignature("op", default, NoteRole.Operator, 5, new CompactSignature(new byte[64]))]);
        SignedNote.TryParse(note.Text(), out var read).ShouldBeTrue();
        read!.Text().ShouldBe(note.Text());
        read.By(default, NoteRole.Operator).ShouldBeNull("nobody made that signature");

        SignedNote.TryParse(note.Text() + "— other.example AAAAAAA=\n", out var more).ShouldBeTrue();
        more!.Signatures.Count.ShouldBe(1, "other kinds of signatures are passed over");
        foreach (var wrong in new[] { note.Text().Replace("\n17\n", "\n017\n"), note.Text().Replace("\n\n", "\n"), note.Text()[..^1], note.Checkpoint.Body(), note.Checkpoint.Body() + "\n" })
            SignedNote.TryParse(wrong, out _).ShouldBeFalse(wrong);
    }
}
