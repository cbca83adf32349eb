using System.Text;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Bridge.SystemTests;

/// <summary>What a queue does with messages that are wrong, early, forged or too many: on a real broker and a real database, with the relayer's own consumers.</summary>
[Collection(OneBroker.Name)]
public sealed class BusTests(StoreFixture store) : IClassFixture<StoreFixture>, IAsyncLifetime
{
    private static readonly Lane Lane = new(new ChainId(90_001), new ChainId(90_002));
    private static readonly Address Bridge = Scene.Someone(900);
    private static readonly Hash32 LaneId = RollingHash.LaneId(Lane, Bridge, Bridge);

    private readonly string _node = $"bus-{Guid.NewGuid():N}";
    private readonly LocalSigner _validator = LocalSigner.FromPrivateKey(Keccak256.Hash("a validator of the bus tests"u8).ToArray());
    private IHost _host = null!;

    private string Queue => $"{_node}.relay";

    public async Task InitializeAsync()
    {
        await store.Directory.SaveLaneAsync(Lane, LaneId, default);
        await store.Directory.SaveValidatorSetAsync(Lane.Destination, Bridge, new ValidatorSet(new Epoch(1), [_validator.Address], 1), current: true, default);
        _host = Build(new Uri(Machine.RabbitMq));
        await _host.StartAsync();
        await WithChannelAsync(channel => Eventually.TrueAsync("the queue to exist", async () =>
        {
            await using var probe = await Connection(channel).CreateChannelAsync();
            try
            {
                return (await probe.QueueDeclarePassiveAsync(Queue)).ConsumerCount > 0;
            }
            catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
            {
                return false;
            }
        }));
    }

    private IHost Build(Uri broker)
    {
        var options = new BridgeOptions
        {
            Roles = [Roles.Relay], Bus = new BusOptions { RabbitMq = broker.ToString(), Node = _node }, Chains = new[] { Lane.Source, Lane.Destination }.ToDictionary(c => $"c{c}", Chain),
        };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging().AddSingleton(TimeProvider.System).AddBridgeStore(store.ConnectionString).AddBus(options).AddSingleton(new ChainSet(options, new HttpClient()));
        return builder.Build();
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await WithChannelAsync(channel => channel.QueueDeleteAsync(Queue));
        _validator.Dispose();
    }

    [Theory]
    [InlineData("this is no message", "invalid")]
    [InlineData("", "")]
    [InlineData("{\"messageType\":[\"urn:message:Bridge.Relayer.Bus:NeverHeardOf\"],\"message\":{}}", "no message that this release knows")]
    [InlineData("{\"messageType\":[\"urn:message:Bridge.Relayer.Bus:AttestationOffered\"],\"message\":{\"source\":90001,\"destination\":90002,\"laneId\":null,\"sequence\":1,\"rollingHash\":null,\"epoch\":1,\"signature\":null}}", "missing or malformed")]
    [InlineData("{\"messageType\":[\"urn:message:Bridge.Relayer.Bus:AttestationOffered\"],\"message\":{\"source\":null}}", "")]
    [InlineData("{\"messageType\":[\"urn:message:Bridge.Relayer.Bus:AttestationOffered\"],\"message\":{\"version\":2}}", "version 2")]
    public async Task Poison_is_parked_with_its_reason_and_what_is_behind_it_is_handled(string poison, string reason)
    {
        var before = await ParkedAsync();
        await SendAsync(Encoding.UTF8.GetBytes(poison));
        var sequence = await OfferAsync();

        await Eventually.TrueAsync("what is behind it to be stored", () => StoredAsync(sequence));
        var parked = await Eventually.NotNullAsync<ParkedMessage>("it to be parked", async () => (await ParkedAsync()).Skip(before.Count).SingleOrDefault());
        parked.Reason.ShouldContain(reason, Case.Insensitive);
        parked.Queue.ShouldBe(Queue);
        Encoding.UTF8.GetString(parked.Body).ShouldBe(poison);
    }

    [Fact]
    public async Task Eight_megabytes_are_parked_as_their_beginning()
    {
        var before = await ParkedAsync();
        await SendAsync([.. Enumerable.Repeat((byte)'x', 8 << 20)]);
        var sequence = await OfferAsync();

        await Eventually.TrueAsync("what is behind it to be stored", () => StoredAsync(sequence));
        var parked = await Eventually.NotNullAsync<ParkedMessage>("it to be parked", async () => (await ParkedAsync()).Skip(before.Count).SingleOrDefault());
        (parked.Size, parked.Body.Length, parked.IsWhole).ShouldBe((8 << 20, ParkedStore.MaxBody, false));
    }

    [Fact]
    public async Task What_is_parked_is_replayed_once_it_can_be_handled()
    {
        var sequence = NextSequence();
        var body = Encoding.UTF8.GetBytes(Envelope(Signed(sequence)));
        await SendAsync(body[..^1]);
        var parked = await Eventually.NotNullAsync<ParkedMessage>("it to be parked", async () => (await ParkedAsync()).LastOrDefault(m => m.Size == body.Length - 1));

        await RawPublisher.SendAsync(new Uri(Machine.RabbitMq), parked.Queue, parked.ContentType, body, default);

        await Eventually.TrueAsync("it to be stored", () => StoredAsync(sequence));
        (await store.Get<ParkedStore>().EndAsync(parked.Id, "replayed", "a person", "mended", default)).ShouldBeTrue();
        (await store.Get<ParkedStore>().EndAsync(parked.Id, "discarded", "another person", "late", default)).ShouldBeFalse();
        (await ParkedAsync()).ShouldNotContain(m => m.Id == parked.Id);
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_takes_no_replay() =>
        await Should.ThrowAsync<HttpRequestException>(() => RawPublisher.SendAsync(new Uri(Machine.RabbitMq), "no such queue", null, new byte[1], default));

    [Fact]
    public async Task What_a_stranger_signed_is_not_stored()
    {
        using var stranger = LocalSigner.FromPrivateKey(Keccak256.Hash("a stranger"u8).ToArray());
        var forged = NextSequence();
        await SendAsync(Encoding.UTF8.GetBytes(Envelope(Signed(forged, stranger))));
        var good = await OfferAsync();

        await Eventually.TrueAsync("what is behind it to be stored", () => StoredAsync(good));
        (await StoredAsync(forged)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_deleted_queue_comes_back_and_is_listened_to()
    {
        await WithChannelAsync(channel => channel.QueueDeleteAsync(Queue));

        var sequence = NextSequence();
        await Eventually.TrueAsync("an attestation to come through", async () =>
        {
            _host.Services.GetRequiredService<Ringer>().Ring(Signed(sequence));
            return await StoredAsync(sequence);
        });
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_is_parked_and_nothing_lost()
    {
        var before = (await ParkedAsync()).Count;
        await store.ExecuteAsync("CREATE SEQUENCE away_tries");
        await store.ExecuteAsync(
            "CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM nextval(''away_tries''); RAISE EXCEPTION USING ERRCODE = ''53100'', MESSAGE = ''no space left on device''; END'");
        await store.ExecuteAsync("CREATE TRIGGER away BEFORE INSERT ON attestation_intake EXECUTE FUNCTION away()");
        ulong sequence;
        try
        {
            sequence = await OfferAsync();
            // More tries than one delivery gets: it went back to the broker and came again.
            await Eventually.TrueAsync("the message to go back and forth", async () => await CountAsync("SELECT last_value FROM away_tries") > 8);
        }
        finally
        {
            await store.ExecuteAsync("DROP TRIGGER away ON attestation_intake");
            await store.ExecuteAsync("DROP FUNCTION away");
        }

        await Eventually.TrueAsync("it to be stored", () => StoredAsync(sequence));
        (await ParkedAsync()).Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_bus_that_is_cut_off_while_it_is_used_works_again()
    {
        var broker = new Uri(Machine.RabbitMq);
        await using var proxy = TcpProxy.Before(broker.Host, broker.Port);
        using var host = Build(new UriBuilder(broker) { Port = proxy.Port }.Uri);
        await host.StartAsync();
        var ringer = host.Services.GetRequiredService<Ringer>();
        await Eventually.TrueAsync("the bus to work", () => RingsAsync(ringer));

        // Half open in the middle of handshakes and declarations, then cut: what wedges the client library for good, now and then.
        for (var round = 0; round < 6; round++)
        {
            proxy.Swallows = true;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RingsAsync(ringer)));
            proxy.Swallows = false;
            proxy.Cut();
            await Task.Delay(100 * round);
        }

        await Eventually.TrueAsync("the bus to work again", () => RingsAsync(ringer));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_bus_that_will_never_work_again_is_replaced_while_the_broker_answers()
    {
        var keeper = _host.Services.GetRequiredService<BusKeeper>();
        var dead = keeper.Current;
        await ((MassTransit.IBusControl)dead).StopAsync();

        await Eventually.TrueAsync("a fresh bus to work", async () => !ReferenceEquals(keeper.Current, dead) && await RingsAsync(_host.Services.GetRequiredService<Ringer>()));
        var sequence = await OfferAsync();
        await Eventually.TrueAsync("its queue to be listened to", () => StoredAsync(sequence));
    }

    private static async Task<bool> RingsAsync(Ringer ringer)
    {
        try
        {
            await ringer.PublishAsync(new DeliverySeen(1, 2, 3), default);
            return true;
        }
        catch (Exception e) when (e is not Shouldly.ShouldAssertException)
        {
            return false;
        }
    }

    private static int _sequence;

    private static ulong NextSequence() => (ulong)Interlocked.Increment(ref _sequence);

    private static ChainOptions Chain(ChainId id) => new() { ChainId = id.Value, Bridge = Bridge.ToString(), Endpoints = ["http://127.0.0.1:1"] };

    private async Task<ulong> OfferAsync()
    {
        var sequence = NextSequence();
        await SendAsync(Encoding.UTF8.GetBytes(Envelope(Signed(sequence))));
        return sequence;
    }

    private AttestationOffered Signed(ulong sequence, LocalSigner? by = null)
    {
        var checkpoint = new Checkpoint(LaneId, new Sequence(sequence), Scene.Hash(sequence));
        return AttestationOffered.From(new Attestation(Lane, checkpoint, new Epoch(1), (by ?? _validator).Sign(checkpoint.Digest(new Eip712Domain(Lane.Destination, Bridge), new Epoch(1)))));
    }

    private static string Envelope(AttestationOffered offered) => System.Text.Json.JsonSerializer.Serialize(
        new { messageType = new[] { "urn:message:Bridge.Relayer.Bus:AttestationOffered" }, message = offered }, System.Text.Json.JsonSerializerOptions.Web);

    private async Task<bool> StoredAsync(ulong sequence) =>
        await CountAsync($"SELECT count(*) FROM attestation_intake WHERE source_chain = {Lane.Source} AND sequence = {sequence}") > 0;

    private async Task<long> CountAsync(string sql)
    {
        await using var command = store.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<IReadOnlyList<ParkedMessage>> ParkedAsync() => [.. (await store.Get<ParkedStore>().OpenAsync(1000, default)).Where(m => m.Queue == Queue)];

    private Task SendAsync(byte[] body) => RawPublisher.SendAsync(new Uri(Machine.RabbitMq), Queue, "application/vnd.masstransit+json", body, default);

    private static IConnection Connection(IChannel channel) => Connections.TryGetValue(channel, out var connection) ? connection : throw new InvalidOperationException("a channel of another test");

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<IChannel, IConnection> Connections = [];

    private static async Task WithChannelAsync(Func<IChannel, Task> act)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(Machine.RabbitMq) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        Connections.Add(channel, connection);
        await act(channel);
    }
}
