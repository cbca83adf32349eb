using System.Numerics;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Signers;

/// <summary>The remote signer against a real server over mutual TLS.</summary>
public sealed class RemoteSignerTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Key = Keccak256.Hash("a key behind a wire"u8).ToArray();

    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-remote-").FullName;
    private readonly Authority _ours = new("ours");
    private readonly Authority _theirs = new("theirs");
    private SignerServer _server = null!;

    public async Task InitializeAsync() => _server = await SignerServer.StartAsync(Key, _theirs.Issue("127.0.0.1"), _ours.Own);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Attestations_and_transactions_of_any_chain_are_signed_as_the_key_itself_would_and_asked_for_in_Web3Signers_form()
    {
        using var local = LocalSigner.FromPrivateKey(Key);
        using var remote = Remote();
        var domain = new Eip712Domain(new ChainId(10), Address.Parse("0x00000000000000000000000000000000000b41d6"));
        var checkpoint = new Checkpoint(Keccak256.Hash("lane"u8), new Sequence(7), Keccak256.Hash("hash"u8));

        (await remote.SignAsync(checkpoint.Preimage(domain, new Epoch(3)), default)).ShouldBe(local.Sign(checkpoint.Digest(domain, new Epoch(3))));
        foreach (var chain in new ulong[] { 10, 8453 })
        {
            var transaction = new Eip1559Transaction(new ChainId(chain), 5, new GasFees(10, 1), 21_000, local.Address, 1, [1, 2]);
            (await transaction.SignAsync(remote, default)).Raw.ShouldBe((await transaction.SignAsync(local, default)).Raw);
        }

        _server.Asked.ShouldAllBe(body => JsonDocument.Parse(body, default).RootElement.EnumerateObject().Single().Name == "data");
        _server.Asked.First().ShouldBe($$"""{"data":"{{Hex.Format(checkpoint.Preimage(domain, new Epoch(3)))}}"}""");
    }

    [Fact]
    public async Task Many_at_once_are_signed()
    {
        using var remote = Remote();
        await Task.WhenAll(Enumerable.Range(0, 256).Select(_ => SignerChallenge.PassAsync(remote, default)));
        _server.Asked.Count.ShouldBe(256);
    }

    [Fact]
    public async Task A_client_whose_certificate_the_signer_does_not_know_gets_nothing()
    {
        using var stranger = new Authority("stranger");
        using var remote = Remote(client: stranger);
        (await Should.ThrowAsync<SignerException>(() => SignerChallenge.PassAsync(remote, default))).Message.ShouldContain("does not take");
        _server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_whose_certificate_is_by_another_authority_is_asked_nothing()
    {
        using var other = new Authority("theirs"); // The same name, another key.
        using var remote = Remote(authority: other);
        (await Should.ThrowAsync<SignerException>(() => SignerChallenge.PassAsync(remote, default))).Message.ShouldContain("no secure connection");
        _server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_whose_certificate_is_for_another_name_is_asked_nothing()
    {
        await using var elsewhere = await SignerServer.StartAsync(Key, _theirs.Issue("other.example"), _ours.Own);
        using var remote = Remote(url: elsewhere.Url);
        (await Should.ThrowAsync<SignerException>(() => SignerChallenge.PassAsync(remote, default))).Message.ShouldContain("not for this name");
        elsewhere.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_signer_without_the_key_of_the_address_is_refused()
    {
        using var remote = Remote(address: Address.Parse("0x00000000000000000000000000000000000000a1"));
        (await Should.ThrowAsync<SignerException>(() => SignerChallenge.PassAsync(remote, default))).Message.ShouldContain("it has 2 keys, and none of 0x");
    }

    [Fact]
    public async Task A_signature_by_another_key_than_the_one_asked_for_is_refused()
    {
        using var impostor = LocalSigner.FromPrivateKey(Keccak256.Hash("an impostor"u8).ToArray());
        _server.Impostor = impostor;
        using var remote = Remote();
        (await Should.ThrowAsync<SignerException>(() => remote.SignAsync([1], default))).Message.ShouldContain("does not lead back to");
    }

    [Fact]
    public async Task A_passing_fault_is_outlived_and_a_lasting_one_is_told()
    {
        using var remote = Remote();
        _server.Failures = 2;
        await SignerChallenge.PassAsync(remote, default);
        _server.Asked.Count.ShouldBe(3);

        _server.Failures = 1000;
        (await Should.ThrowAsync<SignerException>(() => SignerChallenge.PassAsync(remote, default))).Message.ShouldContain("it answers 503");
    }

    [Fact]
    public async Task A_signer_that_takes_longer_than_it_may_is_given_up()
    {
        _server.Delay = TimeSpan.FromMinutes(5);
        using var remote = Remote(timeout: TimeSpan.FromMilliseconds(300));
        (await Should.ThrowAsync<SignerException>(() => SignerChallenge.PassAsync(remote, default))).Message.ShouldContain("no answer within 0.3 s");
    }

    [Fact]
    public async Task A_signer_that_is_not_there_is_told_and_a_missing_certificate_too()
    {
        var url = _server.Url;
        await _server.DisposeAsync();
        using var remote = Remote(url: url);
        (await Should.ThrowAsync<SignerException>(() => SignerChallenge.PassAsync(remote, default))).Message.ShouldContain("cannot be reached");
        Should.Throw<SignerException>(() => new RemoteSigner(default, new RemoteSignerOptions(url, "/nowhere.pem", "/nowhere.key", "/nowhere.ca", TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task A_high_s_and_a_wrong_v_as_hardware_gives_them_are_put_right_and_nonsense_is_refused()
    {
        using var local = LocalSigner.FromPrivateKey(Key);
        using var remote = Remote();
        _server.Twist = HighS;
        (await remote.SignAsync([5], default)).ShouldBe(local.Sign(Keccak256.Hash([5])));
        _server.Twist = bytes => [.. bytes[..64], 0];
        (await remote.SignAsync([6], default)).ShouldBe(local.Sign(Keccak256.Hash([6])));
        _server.Twist = bytes => [.. bytes[..63]];
        (await Should.ThrowAsync<SignerException>(() => remote.SignAsync([7], default))).Message.ShouldContain("65 bytes");
        _server.Twist = bytes => [.. bytes[..32], .. new byte[32], 27];
        (await Should.ThrowAsync<SignerException>(() => remote.SignAsync([8], default))).Message.ShouldContain("does not lead back to");
    }

    private static byte[] HighS(byte[] bytes)
    {
        var order = new BigInteger(Hex.Parse("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"), isUnsigned: true, isBigEndian: true);
        var s = (order - new BigInteger(bytes.AsSpan(32, 32), isUnsigned: true, isBigEndian: true)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. bytes[..32], .. new byte[32 - s.Length], .. s, (byte)(55 - bytes[64])];
    }

    private RemoteSigner Remote(Uri? url = null, Address? address = null, Authority? client = null, Authority? authority = null, TimeSpan? timeout = null)
    {
        var (certificate, key) = Authority.Write((client ?? _ours).Issue("a node"), _folder, "client");
        var (trusted, _) = Authority.Write((authority ?? _theirs).Own, _folder, "authority");
        return new RemoteSigner(address ?? _server.Address, new RemoteSignerOptions(url ?? _server.Url, certificate, key, trusted, timeout ?? TimeSpan.FromSeconds(20)));
    }
}
