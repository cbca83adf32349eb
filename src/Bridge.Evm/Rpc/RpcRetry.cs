using Polly;
using Polly.Retry;

namespace Bridge.Evm;

/// <summary>Retries what may pass by itself: broken connections, 5xx, and 429 when the node says so or the delay is short.</summary>
internal static class RpcRetry
{
    public static ResiliencePipeline Pipeline(RpcOptions options)
    {
        if (options.MaxRetries == 0) return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.RetryDelay,
            MaxDelay = options.MaxRetryDelay,
            ShouldHandle = new PredicateBuilder().Handle<RpcException>(e => MayPass(e, options.MaxRetryDelay)),
            DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as RpcException)?.RetryAfter),
        }).Build();
    }

    // A timeout has used up its time already; asking again would make a stalled node stall everyone four times as long.
    private static bool MayPass(RpcException e, TimeSpan longest) => e.Kind switch
    {
        RpcErrorKind.Transport => e.MayPass,
        RpcErrorKind.RateLimited => e.RetryAfter is not { } wait || wait <= longest,
        _ => false,
    };
}
