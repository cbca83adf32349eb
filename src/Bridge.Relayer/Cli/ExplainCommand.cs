using System.CommandLine;

namespace Bridge.Relayer.Cli;

/// <summary>Tells a transfer's story in a paragraph: where it is, what is missing, who can act.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var (id, api, json) = (AskApi.Id(), AskApi.Url(), AskApi.Json());
        return new Command("explain", "Says in a paragraph where a transfer is, what is missing, and who can do something about it.") { id, api, json }
            .Does((parsed, ct) => AskApi.ShowAsync(parsed.GetValue(api)!, parsed.GetValue(id)!, parsed.GetValue(json), transfer => Console.WriteLine(Explanation.Of(transfer)), ct));
    }
}
