using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// Which chain the endpoints must serve: its id is configured, its genesis block is what a quorum of them names. A chain id alone is
/// copied by every test network and every fork.
/// </summary>
internal sealed class ChainIdentity(ChainId chain, int quorum)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Uri, Hash32> _named = [];
    private Hash32? _genesis;

    /// <summary>The same chain, genesis block included where a quorum has named it, for other endpoints.</summary>
    public ChainIdentity WithQuorum(int other)
    {
        lock (_lock) return new ChainIdentity(chain, other) { _genesis = _genesis };
    }

    /// <exception cref="WrongChainException">It serves another chain.</exception>
    public void Admit(Uri endpoint, ChainId id, Hash32 genesis)
    {
        if (id != chain) throw new WrongChainException(endpoint, chain, id);
        lock (_lock)
        {
            _named[endpoint] = genesis;
            _genesis ??= _named.Values.GroupBy(hash => hash).Where(same => same.Count() >= quorum).Select(same => (Hash32?)same.Key).FirstOrDefault();
            if (_genesis is { } agreed && agreed != genesis) throw new WrongChainException(endpoint, chain, agreed, genesis);
        }
    }

    /// <summary>False for an endpoint that was admitted before a quorum named another genesis block.</summary>
    public bool Accepts(Hash32 genesis)
    {
        lock (_lock) return _genesis is not { } agreed || agreed == genesis;
    }
}
