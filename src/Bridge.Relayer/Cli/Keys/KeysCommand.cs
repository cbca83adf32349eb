using System.CommandLine;

namespace Bridge.Relayer.Cli;

/// <summary>Keys that sign: the validator's, and those of accounts. None is ever printed.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Keys that sign. Those of the API's clients are under 'bridge api-keys'.")
    {
        KeyFileCommands.New(), KeyFileCommands.Import(), KeyListCommands.List(), KeyListCommands.Balance(), RotateKeyCommand.Create(), ProveKeyCommand.Create(),
    };
}
