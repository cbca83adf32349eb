using System.CommandLine;
using System.CommandLine.Parsing;
using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>What the verbs share: where the configuration is, and how a person is told what went wrong.</summary>
internal static class Common
{
    public const int Failed = 1;
    public const int BadInput = 2;

    private static readonly System.Text.Json.JsonSerializerOptions IndentedJson = new(System.Text.Json.JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // For terminals, not for pages.
    };

    /// <summary>As shells have it for Ctrl-C.</summary>
    private const int Interrupted = 130;

    public static Option<string?> Config() => new("--config", "-c") { Description = "A JSON file over appsettings.json. The environment (Bridge__Key) wins over both." };

    public static Option<string[]> Roles(string description) => new("--roles")
    {
        Description = description,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    public static void PrintJson(object value) => Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(value, IndentedJson));

    public static Option<string> By() => new("--by") { Required = true, Description = "Who decides it; written down.", Validators = { NotBlank } };

    public static Option<string> Why(string description) => new("--why") { Required = true, Description = description, Validators = { NotBlank } };

    /// <param name="text">The chain's name in the configuration, or its id.</param>
    public static ChainLink Chain(ChainSet chains, string text) =>
        chains.All.FirstOrDefault(link => link.Name == text || link.Id.ToString() == text)
        ?? throw new UserException($"There is no chain '{text}' in the configuration; there are {string.Join(", ", chains.All.Select(link => link.Name))}.");

    public static Hash32 TransferId(string? text) => Hash32.TryParse(text, out var id) ? id : throw new UserException($"'{text}' is not a transfer's id: 0x and 64 hex digits.");

    public static string Password(string path) => File.Exists(path)
        ? Configuration.Keys.PasswordIn(path)
        : throw new UserException($"--password-file: there is no file '{path}'.");

    /// <summary>For verbs that need the database alone.</summary>
    public static async Task<int> WithStoreAsync(string? config, Func<IServiceProvider, Task<int>> act)
    {
        var database = ConfigurationLoader.Read(config)[$"{ConfigurationLoader.Section}:{nameof(BridgeOptions.Database)}"];
        if (string.IsNullOrEmpty(database)) throw new UserException("Bridge:Database: missing. Give a Npgsql connection string, by the environment as Bridge__Database if it has a password.");
        await using var services = new ServiceCollection().AddBridgeStore(database).BuildServiceProvider();
        return await act(services);
    }

    private static void NotBlank(OptionResult result)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) result.AddError($"{result.Option.Name} must say something: it is kept for ever.");
    }

    /// <summary>Sets the action; an error that a person can mend is one line on standard error and exit code 2, not a stack trace.</summary>
    public static Command Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, ct) =>
        {
            try
            {
                return await action(parsed, ct);
            }
            catch (Exception e) when (e is ConfigurationException or UserException or Evm.KeystoreException or Store.MigrationException or Attest.JournalException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return BadInput;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return Interrupted;
            }
            catch (Exception e) when (e is Watch.LyingSourceException or Watch.ForkException or ConflictingFactException or CursorMovedException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return Failed;
            }
            catch (Exception e) when (e is Evm.SignerException or Evm.RpcException or Evm.WrongChainException or Evm.EndpointQuorumException or Npgsql.NpgsqlException or HttpRequestException)
            {
                await Console.Error.WriteLineAsync(e is Evm.RpcException { Data: { } data } ? $"{e.Message}: {Evm.RevertReason.Describe(data)}" : e.Message);
                return Failed;
            }
        });
        return command;
    }
}

/// <summary>What a person typed cannot be done; the message says why and what to do.</summary>
public sealed class UserException(string message) : Exception(message);
