using Bridge.Core;

namespace Bridge.Evm;

/// <summary>An event by its canonical signature; its first <paramref name="indexed"/> parameters are topics, of static types.</summary>
public sealed class AbiEvent
{
    private readonly AbiType[] _indexed;
    private readonly AbiTuple _data;

    /// <exception cref="FormatException">The signature is not canonical.</exception>
    public AbiEvent(string signature, int indexed)
    {
        Signature = signature;
        Topic = AbiWords.TypeHash(signature);
        var parameters = AbiSignature.Inputs(signature).Members;
        _indexed = [.. parameters.Take(indexed)];
        _data = new AbiTuple([.. parameters.Skip(indexed)]);
    }

    public string Signature { get; }

    /// <summary>Topic zero of every such log.</summary>
    public Hash32 Topic { get; }

    public bool Matches(LogEntry log) => log.Topics.Count > 0 && log.Topics[0] == Topic;

    /// <summary>All parameters, in the order of the signature.</summary>
    /// <exception cref="AbiException">Not a log of this event.</exception>
    public object[] Decode(LogEntry log)
    {
        if (!Matches(log) || log.Topics.Count != _indexed.Length + 1)
            throw new AbiException($"The log {log.LogIndex} of {log.Transaction} is no {Signature}.");
        var topics = _indexed.Select((type, i) => AbiDecoder.Decode(type, log.Topics[i + 1].ToArray()));
        return [.. topics, .. (object[])AbiDecoder.Decode(_data, log.Data)];
    }
}
