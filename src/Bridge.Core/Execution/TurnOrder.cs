using System.Buffers.Binary;

namespace Bridge.Core;

/// <summary>
/// Who delivers first, when several executors could: each delivery begins with another of them, and who is dead or slow loses its turn to the
/// next. Nobody is asked; all of them read the same chain. It spares gas and decides nothing else: the contract takes the first.
/// </summary>
public static class TurnOrder
{
    /// <summary>How long an executor has before the next one may go ahead as well.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    /// <summary>Takes part in the order; more would let the last one wait for too long.</summary>
    public const int MaxExecutors = 3;

    /// <summary>How long <paramref name="me"/> leaves the delivery to others.</summary>
    /// <param name="inbound">The rolling hash that the destination is at, which nobody could choose.</param>
    /// <param name="others">Accounts that delivered there lately; whether <paramref name="me"/> is among them does not matter.</param>
    /// <returns>0 to <see cref="MaxExecutors"/> - 1 turns.</returns>
    public static TimeSpan Wait(Hash32 inbound, IEnumerable<Address> others, Address me)
    {
        var order = others.Append(me).Distinct().Order().ToList();
        var first = (int)(BinaryPrimitives.ReadUInt32BigEndian(inbound.ToArray()) % (uint)order.Count);
        var place = (order.IndexOf(me) - first + order.Count) % order.Count;
        return Turn * Math.Min(place, MaxExecutors - 1);
    }
}
