using System.CommandLine;
using System.Security.Cryptography;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>How fast what a node waits for is here. Nothing that is measured has an effect.</summary>
internal static class BenchCommand
{
    private const int MostTimes = 100_000;

    public static Command Create() => new("bench", "How fast signers, verification, database and endpoints are here. Exit code 0 if all answered, 1 if one did not.") { Sign(), Verify(), Db(), Rpc() };

    private static Option<int> Times(int usual) => new("--times") { Description = $"How often, 1 to {MostTimes}. Default {usual}.", DefaultValueFactory = _ => usual };

    private static int Checked(int times) => times is >= 1 and <= MostTimes ? times : throw new UserException($"--times: 1 to {MostTimes}.");

    private static Command Sign()
    {
        var (config, json, times) = (Common.Config(), Rows.Json(), Times(100));
        var roles = Common.Roles("The signers of these roles, comma-separated. Default: a key that is made for it, in memory.");
        return new Command("sign", "Signatures, one after the other. A role's signer is asked the challenge that it gets at a start.") { config, roles, times, json }.Does(async (parsed, ct) =>
        {
            var count = Checked(parsed.GetValue(times));
            var lines = new List<BenchLine>();
            if (parsed.GetValue(roles) is { Length: > 0 } wanted)
            {
                foreach (var (role, key) in KeyChoice.Of(parsed.GetValue(config), wanted).Keys)
                {
                    using var signer = Configuration.Keys.Open(key);
                    lines.Add(await BenchLine.MeasureAsync($"{role} at {KeyChoice.Where(key)}", count, _ => SignerChallenge.PassAsync(signer, ct)));
                }
            }
            else
            {
                using var made = LocalSigner.FromPrivateKey(RandomNumberGenerator.GetBytes(32));
                lines.Add(await BenchLine.MeasureAsync("a key in memory", count, n => made.SignAsync(BitConverter.GetBytes(n), ct)));
            }
            Rows.Print(lines, parsed.GetValue(json));
            return 0;
        });
    }

    private static Command Verify()
    {
        var (json, times) = (Rows.Json(), Times(10_000));
        return new Command("verify", "Recoveries of signers from attestations, as a relayer makes them.") { times, json }.Does(async (parsed, _) =>
        {
            using var signer = LocalSigner.FromPrivateKey(RandomNumberGenerator.GetBytes(32));
            var digest = Keccak256.Hash("bench"u8);
            var signature = signer.Sign(digest);
            Rows.Print([await BenchLine.MeasureAsync("recover", Checked(parsed.GetValue(times)), _ =>
            {
                if (!signature.TryRecover(digest, out var by) || by != signer.Address) throw new InvalidOperationException("a signature did not lead back to its key");
                return Task.CompletedTask;
            })], parsed.GetValue(json));
            return 0;
        });
    }

    private static Command Db()
    {
        var (config, json, times) = (Common.Config(), Rows.Json(), Times(200));
        return new Command("db", "Durable commits to the database, which leave no row.") { config, times, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var settings = services.GetRequiredService<DatabaseSettings>();
            Rows.Print([await BenchLine.MeasureAsync("commit", Checked(parsed.GetValue(times)), _ => settings.CommitNothingAsync(ct))], parsed.GetValue(json));
            return 0;
        }));
    }

    private static Command Rpc()
    {
        var (config, json, times) = (Common.Config(), Rows.Json(), Times(20));
        return new Command("rpc", "Requests to every endpoint of every chain: its newest block.") { config, times, json }.Does(async (parsed, ct) =>
        {
            var (count, options) = (Checked(parsed.GetValue(times)), ConfigurationLoader.LoadChains(ConfigurationLoader.Read(parsed.GetValue(config))));
            using var http = RpcHttp.CreateClient();
            var lines = new List<BenchLine>();
            foreach (var (name, chain) in options.Chains)
                foreach (var url in chain.Endpoints)
                {
                    var endpoint = new RpcEndpoint(new Uri(url), http, new RpcOptions { Timeout = TimeSpan.FromSeconds(chain.TimeoutSeconds) });
                    lines.Add(await BenchLine.MeasureAsync($"{name} at {RpcEndpoint.Describe(endpoint.Url)}", count, _ => endpoint.CallAsync("eth_getBlockByNumber", ["latest", false], ct)));
                }
            Rows.Print(lines, parsed.GetValue(json));
            return lines.All(line => line.Problem is null) ? 0 : Common.Failed;
        });
    }
}
