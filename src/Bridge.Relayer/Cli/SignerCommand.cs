using System.CommandLine;
using System.Diagnostics;
using Bridge.Evm;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli;

/// <summary>The same challenge that every signer gets when a node starts, without starting one.</summary>
internal static class SignerCommand
{
    private const int MostTimes = 1000;

    private sealed record Tested(string Role, string Address, string Where, bool Signs, double? MedianMilliseconds, string? Problem);

    public static Command Create()
    {
        var (config, json) = (Common.Config(), Common.Json());
        var roles = Common.Roles("Of these roles only, comma-separated.");
        var times = new Option<int>("--times") { Description = $"How many challenges each one gets, 1 to {MostTimes}. Default 1.", DefaultValueFactory = _ => 1 };
        var test = new Command("test", "Has every role's signer answer challenges. Exit code 0 if each signs with its address, 1 if one does not, 2 if the configuration is bad.") { config, roles, times, json }
            .Does(async (parsed, ct) =>
            {
                if (parsed.GetValue(times) is < 1 or > MostTimes) throw new UserException($"--times: 1 to {MostTimes}.");
                var (_, keys) = KeyChoice.Of(parsed.GetValue(config), parsed.GetValue(roles));
                var found = new List<Tested>();
                foreach (var (role, key) in keys) found.Add(await TestAsync(role, key, parsed.GetValue(times), ct));
                if (parsed.GetValue(json)) Common.PrintJson(found);
                else foreach (var one in found) Console.WriteLine(one.Signs ? $" ok  {one.Role}: {one.Address} signs, {one.MedianMilliseconds:0.0} ms" : $"BAD  {one.Role}: {one.Problem}");
                return found.All(one => one.Signs) ? 0 : Common.Failed;
            });
        return new Command("signer", "The signers that hold the keys.") { test };
    }

    private static async Task<Tested> TestAsync(string role, KeyOptions key, int times, CancellationToken ct)
    {
        try
        {
            using var signer = Configuration.Keys.Open(key);
            var took = new List<double>();
            for (var i = 0; i < times; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await SignerChallenge.PassAsync(signer, ct);
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            return new Tested(role, signer.Address.ToString(), KeyChoice.Where(key), true, took.Order().ElementAt(took.Count / 2), null);
        }
        catch (Exception e) when (e is SignerException or KeystoreException)
        {
            return new Tested(role, key.Signer.Address, KeyChoice.Where(key), false, null, e.Message);
        }
    }
}
