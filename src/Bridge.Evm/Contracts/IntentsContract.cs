using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Calldata of the contract that takes transfers by signature.</summary>
public static class IntentsContract
{
    private const string Intent = "(address,uint256,uint32,address,uint128,uint128,uint128,uint256,uint256)";

    private static readonly AbiFunction SendFor = new($"sendFor({Intent},bytes)", "(uint64,bytes32)");
    private static readonly AbiFunction SendWithAuthorization = new($"sendWithAuthorization({Intent},bytes)", "(uint64,bytes32)");
    private static readonly AbiFunction SendWithPermit2 = new($"sendWithPermit2({Intent},bytes)", "(uint64,bytes32)");

    /// <param name="signature">Over what the method wants signed; judged by the contract.</param>
    public static byte[] Encode(SubmitMethod method, TransferIntent intent, byte[] signature)
    {
        var function = method switch
        {
            SubmitMethod.Authorization => SendWithAuthorization,
            SubmitMethod.Permit2 => SendWithPermit2,
            _ => SendFor,
        };
        return function.Encode(
            new object[]
            {
                intent.Owner, (BigInteger)intent.Destination.Value, intent.Asset.Value, intent.Recipient, intent.Amount, intent.Fee, intent.RelayerFee,
                (BigInteger)intent.Deadline, (BigInteger)intent.Nonce,
            }, signature);
    }
}
