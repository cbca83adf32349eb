namespace Bridge.SystemTests.Harness;

/// <summary>A world that several tests share.</summary>
public abstract class RunningWorld : IAsyncLifetime
{
    private readonly Topology _topology;
    private readonly string _proof;

    /// <param name="proof">"off" where a test changes a chain's state past its blocks: anvil's proofs then are not of what the block's header names.</param>
    private protected RunningWorld(Topology topology, string proof = "whenServed") => (_topology, _proof) = (topology, proof);

    internal World World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await World.StartAsync(_topology, _proof);

    public async Task DisposeAsync() => await World.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class InMemoryWorld() : RunningWorld(Topology.InMemory), ICollectionFixture<InMemoryWorld>
{
    public const string Name = "in-memory world";
}

public sealed class RabbitMqWorld() : RunningWorld(Topology.RabbitMq);
