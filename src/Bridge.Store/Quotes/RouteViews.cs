using Bridge.Core;

namespace Bridge.Store;

/// <summary>A route's columns as what they mean.</summary>
public static class RouteViews
{
    public static Lane Lane(this RouteRow route) => new(route.SourceChain, route.DestinationChain);

    public static MinimumFees Minimum(this RouteRow route) =>
        new(route.FeeTransfer, route.FeeTransferTo, route.FeeCallBase, route.FeeCallPerGas, route.FeeCallPerByte);

    /// <summary>Null where no limit is set.</summary>
    public static Bucket? Outbound(this RouteRow route) => route.OutboundCapacity == 0
        ? null
        : new Bucket(route.OutboundCapacity, route.OutboundPeriod, route.OutboundAvailable, route.ReadAt);

    public static Bucket Inbound(this RouteRow route) => new(route.InboundCapacity, route.InboundPeriod, route.InboundAvailable, route.ReadAt);

    /// <summary>Wei per gas of the newest block, with the tip.</summary>
    public static UInt128 GasPrice(this ChainStateRow chain) => checked(chain.BaseFee + chain.PriorityFee);
}
