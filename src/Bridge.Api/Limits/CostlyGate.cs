using Bridge.Api.Problems;

namespace Bridge.Api.Limits;

/// <summary>Lets only a few of the questions that read many rows to the database at once, so that those that read one are never behind them.</summary>
internal sealed class CostlyGate : IDisposable
{
    private const int AtOnce = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _free = new(AtOnce);

    public async Task<object?> PassAsync(HttpContext context, Func<ValueTask<object?>> answer)
    {
        if (!await _free.WaitAsync(Patience, context.RequestAborted)) return ProblemKind.Busy.Result(context, $"{AtOnce} such questions are answered at once, and more wait.");
        try
        {
            return await answer();
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}

internal static class CostlyEndpoints
{
    public static TBuilder Costly<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.AddEndpointFilter(
        async (invocation, next) => await invocation.HttpContext.RequestServices.GetRequiredService<CostlyGate>()
            .PassAsync(invocation.HttpContext, () => next(invocation)));
}
