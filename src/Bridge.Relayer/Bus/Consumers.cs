using Bridge.Store;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Bus;

// No consumer waits for a chain: the broker would take the message back and deliver it again.

public sealed class FinalizedConsumer(Bells bells) : IConsumer<MessagesFinalized>
{
    public Task Consume(ConsumeContext<MessagesFinalized> context)
    {
        bells.Finalized.Ring();
        return Task.CompletedTask;
    }
}

public sealed class CertifiedConsumer(Bells bells) : IConsumer<CheckpointCertified>, IConsumer<DeliverySeen>
{
    public Task Consume(ConsumeContext<CheckpointCertified> context) => Ring();

    public Task Consume(ConsumeContext<DeliverySeen> context) => Ring();

    private Task Ring()
    {
        bells.Certified.Ring();
        return Task.CompletedTask;
    }
}

public sealed class OfferedConsumer(AttestationStore attestations, Bells bells, ILogger<OfferedConsumer> log) : IConsumer<AttestationOffered>
{
    public async Task Consume(ConsumeContext<AttestationOffered> context)
    {
        if (context.Message.TryRead() is not { } attestation)
        {
            log.LogWarning("dropped an attestation from the bus that cannot be read: {Message}", context.Message);
            return;
        }
        await attestations.OfferAsync(attestation, "bus", context.CancellationToken);
        bells.Offered.Ring();
    }
}
