using MassTransit;

namespace Bridge.Relayer.Bus;

// No consumer waits for a chain: the broker would take the message back and deliver it again.

public sealed class FinalizedConsumer(Bells bells) : IConsumer<MessagesFinalized>
{
    public Task Consume(ConsumeContext<MessagesFinalized> context)
    {
        MessageVersion.Require(context.Message.Version);
        bells.Finalized.Ring();
        return Task.CompletedTask;
    }
}

public sealed class CertifiedConsumer(Bells bells) : IConsumer<CheckpointCertified>, IConsumer<DeliverySeen>
{
    public Task Consume(ConsumeContext<CheckpointCertified> context) => Ring(context.Message.Version);

    public Task Consume(ConsumeContext<DeliverySeen> context) => Ring(context.Message.Version);

    private Task Ring(int version)
    {
        MessageVersion.Require(version);
        bells.Certified.Ring();
        return Task.CompletedTask;
    }
}
