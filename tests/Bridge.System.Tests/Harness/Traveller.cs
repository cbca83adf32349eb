using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.SystemTests.Harness;

/// <summary>A user with an account on both chains.</summary>
internal sealed class Traveller(World world, Address account)
{
    private static readonly AbiFunction Mint = new("mint(address,uint256)");

    public Address Account => account;

    public static async Task<Traveller> AtAsync(World world, int index) => new(world, await world.Home.AccountAsync(index));

    /// <summary>Gets home tokens for nothing, as anyone can of the test token, and lets the Bridge take all of them.</summary>
    public async Task PrepareAsync(UInt128 amount)
    {
        var mint = Mint.Encode(account, (BigInteger)amount);
        await world.Home.TransactAsync(account, world.Contracts.Tokens[world.Home.Id], mint);
        foreach (var chain in new[] { world.Home, world.Far })
            await chain.TransactAsync(account, world.Contracts.Tokens[chain.Id], TokenContract.EncodeApprove(world.Contracts.Bridge, (BigInteger)UInt128.MaxValue));
    }

    /// <summary>Sends and returns the transfer's id.</summary>
    public async Task<Hash32> SendAsync(Anvil from, Anvil to, UInt128 amount, UInt128 fee, Address? recipient = null)
    {
        var data = BridgeContract.EncodeSend(to.Id, new AssetId(Deployment.Asset), recipient ?? account, amount, fee);
        var receipt = await from.TransactAsync(account, world.Contracts.Bridge, data);
        receipt.Succeeded.ShouldBeTrue("the send reverted");
        var sent = receipt.Logs.Select(log => BridgeEvents.TryDecode(log, out var decoded) ? decoded : null).OfType<MessageSent>().Single();
        return sent.RollingHash;
    }

    public Task<BigInteger> BalanceAsync(Anvil chain) => world.TokenOn(chain).BalanceOfAsync(account, CancellationToken.None);
}
