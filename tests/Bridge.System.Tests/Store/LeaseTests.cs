using Bridge.Store;

namespace Bridge.SystemTests.Store;

public sealed class LeaseTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Of_many_that_ask_at_once_one_gets_the_lease()
    {
        var name = Name();

        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.Leases.TryAcquireAsync(name, Guid.NewGuid(), Long, default)));

        leases.Count(lease => lease is not null).ShouldBe(1);
    }

    [Fact]
    public async Task A_new_holder_gets_a_larger_token_and_the_old_one_has_lost()
    {
        var name = Name();
        var old = (await store.Leases.TryAcquireAsync(name, Guid.NewGuid(), TimeSpan.Zero, default))!;

        var taken = (await store.Leases.TryAcquireAsync(name, Guid.NewGuid(), Long, default))!;

        taken.FencingToken.ShouldBeGreaterThan(old.FencingToken);
        (await store.Leases.RenewAsync(old, Long, default)).ShouldBeFalse();
        (await store.Leases.RenewAsync(taken, Long, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_not_renewed()
    {
        var lease = (await store.Leases.TryAcquireAsync(Name(), Guid.NewGuid(), TimeSpan.Zero, default))!;

        (await store.Leases.RenewAsync(lease, Long, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_its_holder_releases_a_lease()
    {
        var name = Name();
        var lease = (await store.Leases.TryAcquireAsync(name, Guid.NewGuid(), Long, default))!;

        await store.Leases.ReleaseAsync(lease with { FencingToken = lease.FencingToken - 1 }, default);
        (await store.Leases.TryAcquireAsync(name, Guid.NewGuid(), Long, default)).ShouldBeNull();

        await store.Leases.ReleaseAsync(lease, default);
        (await store.Leases.TryAcquireAsync(name, Guid.NewGuid(), Long, default)).ShouldNotBeNull();
    }

    private static string Name() => $"nonces {Guid.NewGuid()}";
}
