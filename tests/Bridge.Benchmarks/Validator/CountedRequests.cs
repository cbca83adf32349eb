namespace Bridge.Benchmarks.Validator;

/// <summary>Counts what is asked of nodes: a request that is tried again counts again.</summary>
internal sealed class CountedRequests() : DelegatingHandler(new SocketsHttpHandler())
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        return base.SendAsync(request, cancellationToken);
    }
}
