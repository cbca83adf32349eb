namespace Bridge.Core;

/// <summary>The values of an enumeration as the words by which they are written: lower case, and nothing else is read.</summary>
public static class CodeWord
{
    public static string Of<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static IEnumerable<string> All<T>() where T : struct, Enum => Enum.GetValues<T>().Select(Of);

    /// <summary>Null for what is no such word.</summary>
    public static T? Read<T>(string? word) where T : struct, Enum => Enum.GetValues<T>().Where(value => Of(value) == word).Select(value => (T?)value).FirstOrDefault();
}
