using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

internal static class ErrandRead
{
    public const string Open = "status NOT IN ('Final', 'Refused', 'Failed')";

    public const string Columns =
        "id, kind, chain_id, contract, method, owner, destination_chain, asset_id, recipient, amount, fee, relayer_fee, deadline, intent_nonce, signature, message_id, status, detail, account, nonce, gas_limit, created_at, updated_at, clock_timestamp() - updated_at";

    public static Errand Row(NpgsqlDataReader row)
    {
        var kind = Enum.Parse<ErrandKind>(row.GetString(1));
        var intent = kind is ErrandKind.Intent
            ? new SignedIntent(new ChainId(row.Number(2)), row.Account(3), Enum.Parse<SubmitMethod>(row.GetString(4)), new TransferIntent(
                row.Account(5), new ChainId(row.Number(6)), new AssetId((uint)row.GetInt64(7)), row.Account(8), row.Amount(9), row.Amount(10), row.Amount(11), row.Number(12), row.Amount(13)))
            : null;
        var route = kind is ErrandKind.Fees ? (new ChainId(row.Number(6)), new AssetId((uint)row.GetInt64(7))) : ((ChainId, AssetId)?)null;
        return new Errand(
            row.GetGuid(0), kind, new ChainId(row.Number(2)), intent, row.BytesOrNull(14), route, row.BytesOrNull(15) is { } id ? new Hash32(id) : null,
            Enum.Parse<ErrandStatus>(row.GetString(16)), row.TextOrNull(17), row.BytesOrNull(18) is { } account ? new Address(account) : null, row.NumberOrNull(19), row.NumberOrNull(20),
            row.Time(21), row.Time(22), row.GetTimeSpan(23));
    }
}
