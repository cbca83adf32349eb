using Bridge.Core;
using Bridge.Store;

namespace Bridge.SystemTests.Store;

public sealed class AccountTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private readonly AccountStore _accounts = store.Get<AccountStore>();

    [Fact]
    public async Task Nonces_from_before_the_journal_and_those_of_the_journal_are_explained_and_any_other_is_not()
    {
        var (scene, account) = (await Scene.FinalAsync(store, 3), Account());
        (await UnexplainedAsync(scene, account, nonce: 38, final: 38, pending: 40)).ShouldBeNull();
        (await UnexplainedAsync(scene, account, nonce: 40, final: 39, pending: 40)).ShouldBeNull();
        await SignedAsync(scene, account, 1);
        (await UnexplainedAsync(scene, account, nonce: 41, final: 40, pending: 41)).ShouldBeNull();

        (await UnexplainedAsync(scene, account, nonce: 42, final: 41, pending: 42)).ShouldBe(41UL);
        (await UnexplainedAsync(scene, account, nonce: 43, final: 43, pending: 43)).ShouldBe(41UL);
    }

    [Fact]
    public async Task A_nonce_that_is_only_reserved_explains_nothing()
    {
        var (scene, account) = (await Scene.FinalAsync(store, 1), Account());
        (await UnexplainedAsync(scene, account, nonce: 40, final: 40, pending: 40)).ShouldBeNull();
        var lease = await LeaseAsync();
        var intent = await store.Submissions.IntendAsync(lease, scene.Lane, new Sequence(1), new Sequence(1), account, default);
        await store.Submissions.ReserveNonceAsync(intent.Id, lease, 40, 21_000, default);

        (await UnexplainedAsync(scene, account, nonce: 41, final: 40, pending: 41)).ShouldBe(40UL);
    }

    [Fact]
    public async Task A_person_releases_an_account_and_is_not_asked_twice()
    {
        var (scene, account, chain) = (await Scene.BeginAsync(store), Account(), default(ChainId));
        chain = scene.Lane.Destination;
        await UnexplainedAsync(scene, account, nonce: 0, final: 0, pending: 0);
        (await UnexplainedAsync(scene, account, nonce: 1, final: 0, pending: 1)).ShouldBe(0UL);

        (await _accounts.QuarantineAsync(chain, account, "nonce 0", default)).ShouldBeTrue();
        (await _accounts.QuarantineAsync(chain, account, "nonce 1", default)).ShouldBeFalse();
        (await _accounts.CurrentAsync(chain, account, default))!.Reason.ShouldBe("nonce 0");
        await _accounts.ReleaseAsync(chain, account, "a person", "it was me", default);

        (await _accounts.CurrentAsync(chain, account, default)).ShouldBeNull();
        (await UnexplainedAsync(scene, account, nonce: 1, final: 0, pending: 1)).ShouldBeNull();
        (await _accounts.QuarantineAsync(chain, account, "nonce 0", default)).ShouldBeFalse();
        (await _accounts.QuarantineAsync(chain, account, "nonce 1", default)).ShouldBeTrue();
        await Should.ThrowAsync<InvalidOperationException>(() => _accounts.ReleaseAsync(chain, Account(), "a person", "by mistake", default));
    }

    private Task<ulong?> UnexplainedAsync(Scene scene, Address account, ulong nonce, ulong final, ulong pending) =>
        _accounts.UnexplainedAsync(scene.Lane.Destination, account, nonce, final, pending, default);

    private async Task SignedAsync(Scene scene, Address account, ulong sequence)
    {
        var lease = await LeaseAsync();
        var intent = await store.Submissions.IntendAsync(lease, scene.Lane, new Sequence(sequence), new Sequence(sequence), account, default);
        await store.Submissions.ReserveNonceAsync(intent.Id, lease, 40, 21_000, default);
        await store.Submissions.SaveSignedAsync(lease, new Attempt(intent.Id, Keccak256.Hash(intent.Id.ToByteArray()), [1], new GasFees(100, 2), DateTimeOffset.UnixEpoch), default);
    }

    private async Task<Lease> LeaseAsync() => (await store.Leases.TryAcquireAsync($"nonces {Guid.NewGuid()}", Guid.NewGuid(), TimeSpan.FromMinutes(5), default))!;

    private static Address Account() => Scene.Someone((ulong)Random.Shared.NextInt64());
}
