using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Sponsor;

/// <summary>One of the calls that an account makes.</summary>
public readonly record struct AccountCall(Address Target, BigInteger Value, byte[] Data);

/// <summary>A transfer or call that an account sends.</summary>
/// <param name="Amount">Base units that leave the account.</param>
public readonly record struct SentAsset(AssetId Asset, UInt128 Amount);

/// <summary>Reads what an account's operation does. What cannot be read to its last byte is not sponsored.</summary>
public static class OperationCalls
{
    private static readonly AbiFunction Execute = new("execute(address,uint256,bytes)");
    private static readonly AbiFunction ExecuteBatch = new("executeBatch((address,uint256,bytes)[])");
    private static readonly AbiFunction Approve = new("approve(address,uint256)");
    private static readonly AbiFunction Send = new("send(uint256,uint32,address,uint128,uint128)");
    private static readonly AbiFunction SendCall = new("sendCall((uint256,uint32,address,address,uint128,uint128,uint32,bytes))");

    /// <summary>The calls of <c>execute</c> or <c>executeBatch</c>, as the EntryPoint's sample account and most others have them.</summary>
    public static bool TryRead(byte[] callData, [NotNullWhen(true)] out IReadOnlyList<AccountCall>? calls)
    {
        calls = TryDecode(Execute, callData, out var one) ? [Call(one)]
            : TryDecode(ExecuteBatch, callData, out var batch) ? [.. ((object[])batch[0]).Select(call => Call((object[])call))]
            : null;
        return calls is not null;
    }

    /// <summary>Who may take the tokens of an approval.</summary>
    public static bool IsApproval(byte[] data, out Address spender)
    {
        var read = TryDecode(Approve, data, out var arguments);
        spender = read ? (Address)arguments![0] : default;
        return read;
    }

    /// <summary>What a call of the Bridge sends.</summary>
    public static bool IsSend(byte[] data, out SentAsset sent)
    {
        var fields = TryDecode(Send, data, out var plain) ? (plain[1], plain[3]) : TryDecode(SendCall, data, out var call) && call[0] is object[] tuple ? (tuple[1], tuple[4]) : ((object, object)?)null;
        sent = fields is var (asset, amount) ? new SentAsset(new AssetId((uint)(BigInteger)asset), (UInt128)(BigInteger)amount) : default;
        return fields is not null;
    }

    private static AccountCall Call(object[] fields) => new((Address)fields[0], (BigInteger)fields[1], (byte[])fields[2]);

    /// <summary>Only in its one canonical encoding: what another reader could read differently is not read.</summary>
    private static bool TryDecode(AbiFunction function, byte[] data, [NotNullWhen(true)] out object[]? arguments)
    {
        arguments = null;
        if (!data.AsSpan().StartsWith(function.Selector)) return false;
        try
        {
            var decoded = function.DecodeCall(data);
            if (!function.Encode(decoded).AsSpan().SequenceEqual(data)) return false;
            arguments = decoded;
            return true;
        }
        catch (AbiException)
        {
            return false; // The caller says that it cannot be read.
        }
    }
}
