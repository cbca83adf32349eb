using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

internal static class SponsorshipRead
{
    public const string Columns =
        "id, chain_id, is_stub, sender, nonce, init_code, call_data, verification_gas, call_gas, pre_verification_gas, priority_fee, max_fee, paymaster_verification_gas, paymaster_post_gas, status, detail, valid_until, signature";

    public static Sponsorship Row(NpgsqlDataReader row) => new(
        row.GetGuid(0), new ChainId(row.Number(1)), row.GetBoolean(2),
        new SponsoredOperation(
            row.Account(3), row.Hash(4), row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6), row.Amount(7), row.Amount(8), row.Amount(9), row.Amount(10), row.Amount(11), row.Amount(12), row.Amount(13)),
        Enum.Parse<SponsorshipStatus>(row.GetString(14)), row.TextOrNull(15), row.NumberOrNull(16), row.BytesOrNull(17));
}
