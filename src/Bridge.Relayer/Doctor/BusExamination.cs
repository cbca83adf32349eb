using Bridge.Relayer.Configuration;
using RabbitMQ.Client;

namespace Bridge.Relayer.Doctor;

/// <summary>Whether the broker takes our login.</summary>
public sealed class BusExamination(BusOptions options) : IExamination
{
    public string Name => "bus";

    public string Fix => "Look at Bridge:Bus:RabbitMq: broker, port, user, password, virtual host. Without a broker all still arrives, later";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken ct)
    {
        if (options.RabbitMq.Length == 0) return [Finding.Good(Name, "in this process alone: every role of this organisation must run in one process")];
        var broker = new Uri(options.RabbitMq);
        await using var connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(ct);
        var version = connection.ServerProperties?.TryGetValue("version", out var said) == true && said is byte[] text ? System.Text.Encoding.ASCII.GetString(text) : "of an unknown version";
        return [Finding.Good(Name, $"RabbitMQ {version} at {broker.Host}:{broker.Port} takes our login")];
    }
}
