using System.CommandLine;
using System.Text;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Messages of the bus that nothing could be done with, and what a person makes of them.</summary>
internal static class ParkedCommand
{
    private const int Listed = 200;

    private sealed record Line(long Id, DateTimeOffset Since, string Queue, long Bytes, string Reason);

    public static Command Create() => new("parked", "Dead letters (DLQ): messages of the bus that could not be handled.") { List(), Show(), Replay(), Discard() };

    private static Command List()
    {
        var (config, json) = (Common.Config(), Rows.Json());
        return new Command("list", "What is parked, oldest first. Exit code 1 if anything is.") { config, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var store = services.GetRequiredService<ParkedStore>();
            var (depth, shown) = (await store.DepthAsync(ct), await store.OpenAsync(Listed, ct));
            Rows.Print(shown.Select(message => new Line(message.Id, message.At, message.Queue, message.Size, message.Reason)), parsed.GetValue(json));
            if (!parsed.GetValue(json)) Console.WriteLine(depth > shown.Count ? $"{depth} messages are parked, of which the oldest {shown.Count} are shown." : $"{depth} messages are parked.");
            return depth == 0 ? 0 : Common.Failed;
        }));
    }

    private static Command Show()
    {
        var (config, id) = (Common.Config(), Id());
        return new Command("show", "The reason and the body of one.") { id, config }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var message = await FindAsync(services, parsed.GetValue(id), ct);
            Console.WriteLine($"{message.Id}: queue {message.Queue}, {message.Size} bytes{(message.IsWhole ? "" : $", of which the first {message.Body.Length} were kept")}, {message.ContentType ?? "no content type"}, since {message.At:u}");
            Console.WriteLine(message.Reason);
            Console.WriteLine(Printable(message.Body));
            return 0;
        }));
    }

    private static Command Replay()
    {
        var (config, id, by, why) = (Common.Config(), Id(), Common.By(), Common.Why("What was mended since; written down."));
        return new Command("replay", "Puts one into its queue again, as it was, and ends it here.") { id, config, by, why }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var message = await FindAsync(services, parsed.GetValue(id), ct);
            if (!message.IsWhole) throw new UserException($"Only the first {message.Body.Length} of its {message.Size} bytes were kept; it cannot be replayed. What it rang for is found without it; discard it.");
            var bus = ConfigurationLoader.Read(parsed.GetValue(config))[$"{ConfigurationLoader.Section}:Bus:RabbitMq"];
            if (string.IsNullOrEmpty(bus)) throw new UserException("Bridge:Bus:RabbitMq: missing, and only a broker takes a message again. What it rang for is found without it; discard it.");
            await RawPublisher.SendAsync(new Uri(bus), message.Queue, message.ContentType, message.Body, ct);
            return await EndAsync(services, message, "replayed", parsed.GetValue(by)!, parsed.GetValue(why)!, ct);
        }));
    }

    private static Command Discard()
    {
        var (config, id, by, why) = (Common.Config(), Id(), Common.By(), Common.Why("Why nothing is lost by it; written down."));
        return new Command("discard", "Ends one without handling it. It stays in the database, with who decided it and why.") { id, config, by, why }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
                await EndAsync(services, await FindAsync(services, parsed.GetValue(id), ct), "discarded", parsed.GetValue(by)!, parsed.GetValue(why)!, ct)));
    }

    private static Argument<long> Id() => new("id") { Description = "As 'bridge parked list' shows it." };

    private static async Task<ParkedMessage> FindAsync(IServiceProvider services, long id, CancellationToken ct) =>
        await services.GetRequiredService<ParkedStore>().FindAsync(id, ct) ?? throw new UserException($"No message {id} is parked: it was decided already, or never was. See 'bridge parked list'.");

    private static async Task<int> EndAsync(IServiceProvider services, ParkedMessage message, string how, string by, string why, CancellationToken ct)
    {
        if (!await services.GetRequiredService<ParkedStore>().EndAsync(message.Id, how, by, why, ct)) throw new UserException($"Message {message.Id} was decided by somebody else at the same time.");
        Console.WriteLine($"Message {message.Id} was {how}.");
        return 0;
    }

    /// <summary>Control characters would let a stranger's message write to the operator's terminal.</summary>
    private static string Printable(byte[] body) => new([.. Encoding.Latin1.GetString(body).Select(c => c is >= ' ' and <= '~' or '\n' ? c : '.')]);
}
