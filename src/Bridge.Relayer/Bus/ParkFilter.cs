using Bridge.Store;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Bus;

/// <summary>
/// Where a queue's messages end that could not be handled, in place of the broker's error queues: in the database, with the reason. What failed
/// because the database is away, or the intake full, goes back to the broker instead: it is not the message's fault.
/// </summary>
public sealed class ParkFilter(string queue, ParkedStore parked, TimeProvider time, ILogger<ParkFilter> log) : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    // The broker hands a message that went back out again at once.
    private static readonly TimeSpan BeforeBack = TimeSpan.FromSeconds(1);

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        var causes = Causes(context.Exception).ToList();
        if (causes.Any(cause => cause is IntakeFullException || DatabaseFault.Of(cause) is not null))
        {
            log.LogWarning("{Queue}: a message goes back to the broker: {Error}", queue, causes[^1].Message);
            await Task.Delay(BeforeBack, time, context.CancellationToken);
            throw new MassTransitException($"not handled yet: {causes[^1].Message}", context.Exception);
        }
        await ParkAsync(context, (causes.OfType<PoisonException>().FirstOrDefault() ?? causes[^1]).Message);
        // Otherwise what could not even be read counts as unheard of as well, and is parked twice.
        await context.NotifyFaulted(context.Exception);
        await next.Send(context);
    }

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        await ParkAsync(context, "no message that this release knows. Replay it once every process of this node is upgraded");
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("park");

    private async Task ParkAsync(ReceiveContext context, string reason)
    {
        var body = context.Body.GetBytes();
        if (await parked.ParkAsync(queue, context.ContentType?.ToString(), reason, body, context.CancellationToken))
            log.LogError("{Queue}: parked a message of {Size} bytes: {Reason}. See 'bridge parked list'", queue, body.Length, reason);
        else
            log.LogError("{Queue}: dropped a message of {Size} bytes ({Reason}), because {Max} are parked already. See 'bridge parked list'", queue, body.Length, reason, ParkedStore.MaxOpen);
    }

    private static IEnumerable<Exception> Causes(Exception? error)
    {
        for (; error is not null; error = error.InnerException) yield return error;
    }
}
