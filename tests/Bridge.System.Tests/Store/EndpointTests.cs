using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Watch;
using Bridge.Store;

namespace Bridge.SystemTests.Store;

public sealed class EndpointTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private EndpointStore Endpoints => store.Get<EndpointStore>();

    private async Task<List<EndpointSeen>> SeenAsync(ulong chain) => [.. (await Endpoints.AllAsync(default)).Where(seen => seen.Chain.Value == chain)];

    [Fact]
    public async Task A_state_is_kept_with_the_time_since_when_it_holds_and_those_that_are_gone_go()
    {
        var chain = new ChainId(701);
        var (a, b) = (new EndpointReport("http://a:1", "ok", null, Now, 5, 0), new EndpointReport("http://b:1", "down", "refused", null, null, 0));
        await Endpoints.SaveAsync(chain, [b, a], default);
        var first = await SeenAsync(701);
        first.Select(seen => seen.Report).ShouldBe([a, b]);

        await Endpoints.SaveAsync(chain, [a with { Height = 6 }, b], default);
        (await SeenAsync(701)).Select(seen => seen.Since).ShouldBe(first.Select(seen => seen.Since));
        await Endpoints.SaveAsync(chain, [a with { State = "lying", Reason = "it said so", LastOk = null, Height = null }], default);
        var last = (await SeenAsync(701)).Single();
        last.Since.ShouldBeGreaterThan(first[0].Since);
        (last.Report.LastOk, last.Report.Height).ShouldBe((Now, 6UL));
    }

    [Fact]
    public async Task Another_chains_endpoints_stay()
    {
        await Endpoints.SaveAsync(new ChainId(702), [new EndpointReport("http://a:1", "ok", null, Now, 5, 0)], default);
        await Endpoints.SaveAsync(new ChainId(703), [], default);
        (await SeenAsync(702)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Every_condition_has_a_state_that_the_table_takes()
    {
        foreach (var condition in Enum.GetValues<EndpointCondition>())
        {
            var reports = EndpointRecorder.Reports([new EndpointHealth(new Uri("http://a:1/key"), Now, null, null, 7) { Condition = condition, Reason = condition is EndpointCondition.Ok ? null : "why" }]);
            await Endpoints.SaveAsync(new ChainId(704), reports, default);
            (await SeenAsync(704)).Single().Report.ShouldBe(reports.Single());
        }
    }

    [Fact]
    public void Names_tell_endpoints_apart_without_what_may_be_secret()
    {
        EndpointHealth Of(string url) => new(new Uri(url), null, null, null, null);
        EndpointRecorder.Reports([Of("https://user:pass@node.test/v1/key1?token=x"), Of("https://node.test/v1/key2"), Of("https://other.test/key3")])
            .Select(report => report.Name).ShouldBe(["https://node.test:443", "https://node.test:443 #2", "https://other.test:443"]);
    }
}
