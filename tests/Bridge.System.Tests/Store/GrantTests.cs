using Npgsql;

namespace Bridge.SystemTests.Store;

/// <summary>What the database itself refuses, whatever the program above it tries.</summary>
public sealed class GrantTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    /// <summary>Where the API adds rows: what it was offered, asked for, or asks itself.</summary>
    private static readonly string[] Inserted = ["attestation_intake", "account_look", "quote", "idempotency", "errand", "transfer_registration", "nudge", "sponsorship", "webhook", "webhook_delivery", "webhook_attempt", "log_cosignature", "audit_export", "compliance_reference"];

    private const string Zeros = "decode(repeat('00', 32), 'hex')";

    [Fact]
    public async Task The_api_may_offer_an_attestation_but_not_judge_it()
    {
        (await store.RefusalAsync(Offer("", ""), "bridge_api")).ShouldBeNull();
        (await store.RefusalAsync("NOTIFY attestation_offered", "bridge_api")).ShouldBeNull();
        (await store.RefusalAsync(Offer(", judged_at", ", now()"), "bridge_api")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_api_may_ask_a_sponsor_but_not_answer_for_it()
    {
        (await store.RefusalAsync(Ask("", ""), "bridge_api")).ShouldBeNull();
        (await store.RefusalAsync("NOTIFY sponsorship_asked", "bridge_api")).ShouldBeNull();
        foreach (var column in new[] { "status", "detail", "max_cost", "valid_until", "signature", "decided_at" })
            (await store.RefusalAsync(Ask($", {column}", ", NULL"), "bridge_api")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, column);

        static string Ask(string columns, string values) => "INSERT INTO sponsorship (id, chain_id, is_stub, sender, nonce, init_code, call_data, verification_gas, call_gas, "
            + $"pre_verification_gas, priority_fee, max_fee, paymaster_verification_gas, paymaster_post_gas, principal{columns}) VALUES (gen_random_uuid(), 1, false, "
            + $"decode(repeat('00', 20), 'hex'), {Zeros}, '', '', 0, 0, 0, 0, 0, 0, 0, 'a test'{values})";
    }

    [Fact]
    public async Task The_api_may_attach_a_reference_but_not_say_when_and_a_node_may_not_at_all()
    {
        (await store.RefusalAsync(Attach("", ""), "bridge_api")).ShouldBe(PostgresErrorCodes.ForeignKeyViolation, "it got past the grants, and there is no such key");
        (await store.RefusalAsync(Attach(", attached_at", ", now()"), "bridge_api")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await store.RefusalAsync(Attach("", ""), "bridge_node")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await store.RefusalAsync("SELECT FROM compliance_reference", "bridge_node")).ShouldBeNull();

        static string Attach(string columns, string values) =>
            $"INSERT INTO compliance_reference (request_id, message_id, key_id, screening{columns}) VALUES (gen_random_uuid(), {Zeros}, gen_random_uuid(), '{{}}'{values})";
    }

    [Fact]
    public async Task The_api_writes_nothing_else()
    {
        foreach (var table in await TablesAsync())
        {
            (await store.RefusalAsync($"DELETE FROM {table}", "bridge_api")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, $"DELETE {table}");
            (await store.RefusalAsync($"TRUNCATE {table}", "bridge_api")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, $"TRUNCATE {table}");
            (await store.RefusalAsync($"UPDATE {table} SET {await FirstColumnAsync(table)} = NULL", "bridge_api")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, $"UPDATE {table}");
            if (!Inserted.Contains(table))
                (await store.RefusalAsync($"INSERT INTO {table} DEFAULT VALUES", "bridge_api")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, $"INSERT {table}");
        }
    }

    [Theory]
    [InlineData("signing_log")]
    [InlineData("signature")]
    [InlineData("lease")]
    public async Task The_api_does_not_read_what_is_the_nodes_own(string table) =>
        (await store.RefusalAsync($"SELECT * FROM {table}", "bridge_api")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Fact]
    public async Task The_api_sees_which_transactions_were_signed_but_not_the_transactions()
    {
        (await store.RefusalAsync("SELECT transaction_hash FROM submission_attempt", "bridge_api")).ShouldBeNull();
        (await store.RefusalAsync("SELECT raw_transaction FROM submission_attempt", "bridge_api")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("DELETE FROM message")]
    [InlineData("UPDATE message SET amount = 1")]
    [InlineData("UPDATE message SET recipient = sender")]
    [InlineData("DELETE FROM transition")]
    [InlineData("UPDATE transition SET detail = ''")]
    [InlineData("UPDATE attestation SET signer = signer")]
    [InlineData("DELETE FROM equivocation")]
    [InlineData("UPDATE certificate SET signatures = signatures")]
    [InlineData("UPDATE signing_log SET rolling_hash = rolling_hash")]
    [InlineData("DELETE FROM signing_log")]
    [InlineData("DELETE FROM submission")]
    [InlineData("DELETE FROM lane_halt")]
    [InlineData("DELETE FROM chain_cursor")]
    [InlineData("UPDATE lane SET lane_id = lane_id")]
    [InlineData("CREATE TABLE mine (id int)")]
    public async Task A_node_does_not_rewrite_history(string sql) =>
        (await store.RefusalAsync(sql, "bridge_node")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Theory]
    [InlineData("transition")]
    [InlineData("message_conflict")]
    [InlineData("attestation")]
    [InlineData("equivocation")]
    [InlineData("certificate")]
    [InlineData("signing_log")]
    [InlineData("signing_conflict")]
    [InlineData("signature")]
    [InlineData("submission_attempt")]
    [InlineData("compliance_reference")]
    public async Task An_append_only_table_refuses_its_owner_too(string table)
    {
        var column = await FirstColumnAsync(table);
        (await store.RefusalAsync($"UPDATE {table} SET {column} = {column}")).ShouldNotBeNull();
        (await store.RefusalAsync($"DELETE FROM {table}")).ShouldNotBeNull();
        (await store.RefusalAsync($"TRUNCATE {table} CASCADE")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_message_is_never_removed_not_even_by_its_owner()
    {
        await Scene.FinalAsync(store, 1);

        (await store.RefusalAsync("DELETE FROM message")).ShouldNotBeNull();
        (await store.RefusalAsync("TRUNCATE message CASCADE")).ShouldNotBeNull();
        (await store.RefusalAsync("UPDATE message SET status = status", "bridge_node")).ShouldBeNull();
    }

    [Fact]
    public async Task Only_statuses_and_amounts_that_exist_are_stored()
    {
        await Scene.FinalAsync(store, 1);

        (await store.RefusalAsync("UPDATE message SET status = 'Paid'")).ShouldBe(PostgresErrorCodes.CheckViolation);
        (await store.RefusalAsync(
            "INSERT INTO message SELECT (m).* FROM (SELECT jsonb_populate_record(message, '{\"fee\": 2000, \"status\": \"Orphaned\", \"message_id\": \"\\\\x" + new string('0', 64) + "\"}') AS m FROM message LIMIT 1) x"))
            .ShouldBe(PostgresErrorCodes.CheckViolation);
    }

    private static string Offer(string column, string value) =>
        $"INSERT INTO attestation_intake (source_chain, destination_chain, lane_id, sequence, rolling_hash, epoch, signature, via{column}) VALUES (1, 2, {Zeros}, 1, {Zeros}, 1, {Zeros} || {Zeros}, 'test'{value})";

    private async Task<List<string>> TablesAsync() => await TextsAsync("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'");

    private async Task<string> FirstColumnAsync(string table) => (await TextsAsync($"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND attidentity = '' ORDER BY attnum LIMIT 1")).Single();

    private async Task<List<string>> TextsAsync(string sql)
    {
        await using var command = store.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    }
}
