using System.Globalization;
using System.Numerics;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Submit;
using Bridge.Store;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api.Submissions;

/// <summary>A submitter that is a fee oracle: the least fees on chain follow what a delivery costs.</summary>
[Collection(SubmitWorld.Name)]
public sealed class FeeSettingTests(SubmitFixture world)
{
    private static readonly AssetId Asset = new(Deployment.Asset);

    private Lane There => new(world.Home.Id, world.Far.Id);

    private BridgeContract Home => new(world.Home.Client, world.Contracts.Bridge);

    [Fact]
    public async Task Dear_gas_raises_the_least_fee_on_chain_up_to_its_bound_and_quotes_follow()
    {
        var before = await FeesAsync();
        var highest = (await Home.FeeBoundsAsync(Asset, There.Destination, null, default)).Highest;
        await world.Submitter.KillAsync();
        var setter = world.NodeOf("fee-setter", "submit", new { ChangePercent = 20, IntervalSeconds = 1 });
        setter.Start();
        try
        {
            var person = Address.Parse("0x00000000000000000000000000000000000fee01");
            await Eventually.TrueAsync("the least fee to cover what a delivery costs", async () => (await FeesAsync()).Transfer > before.Transfer, () => setter.Tail() + world.Explain());
            var cheap = await FeesAsync();
            await WhileGasCostsAsync(2, async () =>
            {
                await Eventually.TrueAsync("the least fee to rise", async () => (await FeesAsync()).Transfer > cheap.Transfer + (cheap.Transfer / 5), () => setter.Tail() + world.Explain());
                var raised = await FeesAsync();
                raised.Transfer.ShouldBeLessThan(highest.Transfer);
                raised.CallPerGas.ShouldBeGreaterThan(before.CallPerGas);
                await Eventually.TrueAsync("a quote to follow", async () => await QuotedAsync(person) is { } fee && fee > (BigInteger)raised.Transfer, world.Explain);
            });
            await WhileGasCostsAsync(20, async () =>
                await Eventually.TrueAsync("the least fee to reach its bound", async () => await FeesAsync() is { } fees && fees.Transfer == highest.Transfer && fees.CallBase == highest.CallBase, () => setter.Tail() + world.Explain()));
            (await world.Database.CountAsync("SELECT count(*) FROM errand WHERE kind = 'Fees' AND status = 'Failed'")).ShouldBe(0, "nothing beyond the bounds was ever sent");

            await Eventually.TrueAsync("the least fee to fall again", async () => (await FeesAsync()).Transfer < highest.Transfer, () => setter.Tail() + world.Explain());
        }
        finally
        {
            await setter.KillAsync();
            world.Submitter.Start();
        }
    }

    [Fact]
    public async Task Fees_are_set_only_where_that_is_configured_and_priced_and_not_again_within_the_interval()
    {
        await Eventually.TrueAsync("earlier settings to be final", async () => await world.Database.CountAsync("SELECT count(*) FROM errand WHERE kind = 'Fees' AND status NOT IN ('Final', 'Refused', 'Failed')") == 0, world.Explain);
        await world.Database.ExecuteHereAsync("UPDATE errand SET created_at = now() - interval '1 day' WHERE kind = 'Fees'");

        (await PlanAsync(new FeeOptions())).Refusal!.ShouldContain("ChangePercent is 0");
        (await PlanAsync(new FeeOptions { ChangePercent = 20 }, priced: false)).Refusal!.ShouldContain("Bridge:Oracle:Prices");
        var strict = new FeeOptions { ChangePercent = 1, IntervalSeconds = 3600 };
        (await PlanAsync(strict)).Call!.To.ShouldBe(world.Contracts.Bridge);

        var id = Guid.NewGuid();
        await world.Database.ExecuteHereAsync(
            $"""
            INSERT INTO errand (id, kind, chain_id, destination_chain, asset_id, principal, status, account, nonce, gas_limit)
            VALUES ('{id}', 'Fees', {There.Source}, {There.Destination}, 1, 'a test', 'Final', '\x{new string('f', 40)}', 0, 21000)
            """);
        (await PlanAsync(strict)).Refusal!.ShouldContain("within the last 3600 s");
        (await PlanAsync(strict, id)).Call.ShouldNotBeNull("its own errand does not hold it up");
    }

    /// <summary>With a coin so dear that every fee should be at its bound.</summary>
    private async Task<(PlannedCall? Call, string? Refusal)> PlanAsync(FeeOptions fees, Guid? errand = null, bool priced = true)
    {
        using var http = new HttpClient();
        var options = new BridgeOptions
        {
            Chains = new[] { world.Home, world.Far }.ToDictionary(chain => chain.Name, chain => new ChainOptions { ChainId = chain.Id.Value, Bridge = world.Contracts.Bridge.ToString(), Endpoints = [chain.Url.ToString()] }),
        };
        var prices = priced ? new Dictionary<string, IReadOnlyDictionary<string, string>> { ["1"] = new Dictionary<string, string> { [world.Far.Name] = "2500000000000000" } } : [];
        var plan = new FeePlan(new ChainSet(options, http), new SubmitterOptions { Fees = fees }, new OracleOptions { Prices = prices }, world.Get<ErrandStore>());
        return await plan.PlanAsync(There, Asset, errand, default);
    }

    private async Task<MinimumFees> FeesAsync() => (await Home.MinimumFeesAsync(Asset, There.Destination, null, default))!;

    /// <summary>The fee of a direct quote to oneself, or null while there is none.</summary>
    private async Task<BigInteger?> QuotedAsync(Address person)
    {
        var answer = await world.Anybody.PostAsync("/v1/quotes", new
        {
            source = new { chain = $"eip155:{There.Source}", asset = "1", from = person.ToString() }, destination = new { chain = $"eip155:{There.Destination}", recipient = person.ToString() }, amount = "100000000000",
        });
        if (answer.Status is not System.Net.HttpStatusCode.OK) return null;
        var fees = SubmitFixture.Route(answer.Json).GetProperty("fees").EnumerateArray().ToList();
        return fees.Where(fee => fee.GetProperty("kind").GetString() == "destinationGas").Select(fee => BigInteger.Parse(fee.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture)).SingleOrDefault();
    }

    /// <summary>Said again and again, because each empty block lowers the base fee by an eighth.</summary>
    private async Task WhileGasCostsAsync(ulong gwei, Func<Task> check)
    {
        using var done = new CancellationTokenSource();
        var dear = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await world.Far.Rpc.CallAsync("anvil_setNextBlockBaseFeePerGas", [$"0x{(UInt128)gwei * 1_000_000_000:x}"], default);
                await Task.Delay(200);
            }
        });
        try
        {
            await Eventually.TrueAsync("gas to be dear", async () => (await world.Far.Client.HeadAsync(default)).BaseFee >= (UInt128)gwei * 800_000_000, world.Explain);
            await check();
        }
        finally
        {
            await done.CancelAsync();
            await dear;
        }
    }
}
