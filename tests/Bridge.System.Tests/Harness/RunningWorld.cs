namespace Bridge.SystemTests.Harness;

/// <summary>A world that several tests share.</summary>
public abstract class RunningWorld : IAsyncLifetime
{
    private readonly Topology _topology;

    private protected RunningWorld(Topology topology) => _topology = topology;

    internal World World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await World.StartAsync(_topology);

    public async Task DisposeAsync() => await World.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class InMemoryWorld() : RunningWorld(Topology.InMemory), ICollectionFixture<InMemoryWorld>
{
    public const string Name = "in-memory world";
}

public sealed class RabbitMqWorld() : RunningWorld(Topology.RabbitMq);
