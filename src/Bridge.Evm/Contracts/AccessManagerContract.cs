using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Whether an account may make a call.</summary>
/// <param name="Immediate">At once.</param>
/// <param name="Delay">Seconds for which it must be scheduled before; 0 with no <paramref name="Immediate"/>: not at all.</param>
public sealed record Permission(bool Immediate, uint Delay);

/// <summary>OpenZeppelin's AccessManager, which says who may change what, as one endpoint's latest state shows it.</summary>
public sealed class AccessManagerContract(ChainClient chain, Address address)
{
    public const ulong Admin = 0;
    public const ulong Guardian = 1;
    public const ulong FeeOracle = 2;
    public const ulong Forwarder = 3;

    private static readonly AbiFunction CanCall = new("canCall(address,address,bytes4)", "(bool,uint32)");
    private static readonly AbiFunction HasRole = new("hasRole(uint64,address)", "(bool,uint32)");
    private static readonly AbiFunction GetSchedule = new("getSchedule(bytes32)", "(uint48)");
    private static readonly AbiFunction HashOperation = new("hashOperation(address,address,bytes)", "(bytes32)");
    private static readonly AbiFunction FunctionRole = new("getTargetFunctionRole(address,bytes4)", "(uint64)");
    private static readonly AbiFunction Schedule = new("schedule(address,bytes,uint48)");
    private static readonly AbiFunction Execute = new("execute(address,bytes)");
    private static readonly AbiFunction Multicall = new("multicall(bytes[])");
    private static readonly AbiFunction GrantRole = new("grantRole(uint64,address,uint32)");
    private static readonly AbiFunction RevokeRole = new("revokeRole(uint64,address)");
    private static readonly AbiFunction LabelRole = new("labelRole(uint64,string)");
    private static readonly AbiFunction SetFunctionRole = new("setTargetFunctionRole(address,bytes4[],uint64)");

    public Address Address => address;

    /// <summary>Calldata that begins the delay of a call; it can be executed once the delay is over, for a week.</summary>
    public static byte[] EncodeSchedule(Address target, byte[] data) => Schedule.Encode(target, data, 0ul);

    public static byte[] EncodeExecute(Address target, byte[] data) => Execute.Encode(target, data);

    /// <summary>Calls of the AccessManager itself, all or none.</summary>
    public static byte[] EncodeMulticall(IEnumerable<byte[]> calls) => Multicall.Encode([calls.Cast<object>().ToArray()]);

    /// <param name="delay">Seconds that everything the account does with this role must wait.</param>
    public static byte[] EncodeGrantRole(ulong role, Address account, uint delay) => GrantRole.Encode(role, account, delay);

    public static byte[] EncodeRevokeRole(ulong role, Address account) => RevokeRole.Encode(role, account);

    public static byte[] EncodeLabelRole(ulong role, string label) => LabelRole.Encode(role, label);

    public static byte[] EncodeSetFunctionRole(Address target, IEnumerable<byte[]> selectors, ulong role) =>
        SetFunctionRole.Encode(target, selectors.Cast<object>().ToArray(), role);

    /// <summary>What an account may do to a contract; the manager's own functions are the admin's.</summary>
    public async Task<Permission> PermissionAsync(Address account, Address target, byte[] data, CancellationToken ct)
    {
        if (target == address) return await RoleAsync(Admin, account, ct) is { } delay ? new Permission(delay == 0, delay) : new Permission(false, 0);
        var said = await ViewAsync(CanCall, [account, target, data[..4]], ct);
        return new Permission((bool)said[0], (uint)(BigInteger)said[1]);
    }

    /// <summary>Seconds that what the account does with the role must wait; null when it does not have it.</summary>
    public async Task<uint?> RoleAsync(ulong role, Address account, CancellationToken ct)
    {
        var held = await ViewAsync(HasRole, [role, account], ct);
        return (bool)held[0] ? (uint)(BigInteger)held[1] : null;
    }

    /// <summary>When a scheduled call can be made; null when it is not scheduled, or was for too long.</summary>
    public async Task<DateTimeOffset?> ScheduledAsync(Address caller, Address target, byte[] data, CancellationToken ct)
    {
        var id = (byte[])(await ViewAsync(HashOperation, [caller, target, data], ct))[0];
        var at = (long)(BigInteger)(await ViewAsync(GetSchedule, [id], ct))[0];
        return at == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(at);
    }

    /// <summary>Which role may call a function; the admin's unless it was given away.</summary>
    public async Task<ulong> FunctionRoleAsync(Address target, byte[] selector, CancellationToken ct) =>
        (ulong)(BigInteger)(await ViewAsync(FunctionRole, [target, selector], ct))[0];

    private async Task<object[]> ViewAsync(AbiFunction view, object[] arguments, CancellationToken ct) =>
        view.DecodeResult(await chain.CallAsync(address, view.Encode(arguments), null, ct));
}
