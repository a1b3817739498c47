using Evenkeel.Platform.Data;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Tenancy;

/// <summary>The database itself keeps tenants apart, in every table there is.</summary>
public sealed class RowLevelSecurityTests
{
    private const string TenantTables =
        """
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // The leaves of partitioned tables are copied into, which row-level security forbids: nobody has any other right to them.
    private const string WrittenOnly =
        """
        (c.relispartition AND c.relkind = 'r' AND NOT EXISTS (
            SELECT FROM aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
            WHERE a.privilege_type <> 'INSERT' AND NOT (a.grantee = c.relowner AND a.privilege_type = 'TRUNCATE')))
        """;

    [Fact]
    public async Task Every_table_with_an_organization_forces_row_level_security_or_is_a_leaf_that_nobody_can_read()
    {
        await using var server = await TestServer.StartAsync();

        var unprotected = await NamesAsync(server.Database.AdministratorConnectionString,
            $"""
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT {WrittenOnly}
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                       AND (c.relispartition OR EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = 'tenancy')))
            """);
        var other = await NamesAsync(server.Database.AdministratorConnectionString,
            $"""
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity AND NOT {WrittenOnly} ORDER BY 1
            """);

        unprotected.ShouldBeEmpty();
        other.ShouldBe(["alert_rounds", "metric_progress", "schema_migrations", "workers"], "a table without organization_id holds no tenant's data; add it here when that is so");
    }

    [Fact]
    public async Task Without_a_scope_every_tenant_table_is_empty_and_with_one_it_shows_its_own_rows_only()
    {
        await using var server = await TestServer.StartAsync();
        var mine = await server.RegisterAsync();
        var other = await server.RegisterAsync();
        await mine.AskAsync("How do I resume a stream after a disconnect?");
        await other.AskAsync("How do I resume a stream after a disconnect?");
        var tables = await NamesAsync(server.Database.AdministratorConnectionString, TenantTables);
        tables.ShouldContain("turns");
        await using var database = new Database(new DatabaseConnection(server.Database.ApplicationConnectionString, null, false));
        await using var session = await database.OpenSessionAsync(Stop);

        foreach (var table in tables)
        {
            (await CountAsync(session, table)).ShouldBe(0, $"{table} without a scope");
            var foreign = await database.QueryFirstOrDefaultAsync<int>(
                DataScope.Organization(mine.SignedIn.Organization.Id), $"SELECT count(*)::int FROM {table} WHERE {OfOther(table)}", new { Other = other.SignedIn.Organization.Id }, Stop);
            foreign.ShouldBe(0, $"{table} in another organization's scope");
            (await database.QueryFirstOrDefaultAsync<int>(DataScope.Organization(Guid.CreateVersion7()), $"SELECT count(*)::int FROM {table}", null, Stop))
                .ShouldBe(0, $"{table} in the scope of an organization that does not exist");
        }

        foreach (var table in new[] { "conversations", "messages", "turns", "chat_events", "timeline_sessions", "chatbots", "knowledge_sources", "knowledge_documents", "knowledge_passages" })
        {
            (await database.QueryFirstOrDefaultAsync<int>(DataScope.Organization(mine.SignedIn.Organization.Id), $"SELECT count(*)::int FROM {table}", null, Stop))
                .ShouldBeGreaterThan(0, $"{table} has rows to protect");
        }
    }

    [Fact]
    public async Task No_row_can_be_written_for_another_organization()
    {
        await using var server = await TestServer.StartAsync();
        var mine = await server.RegisterAsync();
        var other = await server.RegisterAsync();
        await other.AskAsync("How do I resume a stream after a disconnect?");
        await using var database = new Database(new DatabaseConnection(server.Database.ApplicationConnectionString, null, false));
        var scope = DataScope.Organization(mine.SignedIn.Organization.Id);

        foreach (var table in await NamesAsync(server.Database.AdministratorConnectionString, TenantTables))
        {
            // Every other column may be anything: the policy is checked before constraints are.
            var columns = await NamesAsync(server.Database.AdministratorConnectionString,
                $"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = ''");
            var row = string.Join(", ", columns.Select(column => column == "organization_id" ? "@Other" : $"(jsonb_populate_record(NULL::{table}, '{{}}')).{column}"));
            var refusal = await Should.ThrowAsync<PostgresException>(
                () => database.ExecuteAsync(scope, $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {row}", new { Other = other.SignedIn.Organization.Id }, Stop), table);
            refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, $"{table}: {refusal.Message}");
            (await database.ExecuteAsync(scope, $"DELETE FROM {table} WHERE organization_id = @Other", new { Other = other.SignedIn.Organization.Id }, Stop)).ShouldBe(0, table);
            (await database.ExecuteAsync(scope, $"UPDATE {table} SET organization_id = organization_id WHERE organization_id = @Other", new { Other = other.SignedIn.Organization.Id }, Stop)).ShouldBe(0, table);
        }

        var stolen = await Should.ThrowAsync<PostgresException>(() => database.ExecuteAsync(
            scope, "INSERT INTO timeline_sessions (session_id, organization_id, last_seq) VALUES (gen_random_uuid(), @Other, 1)", new { Other = other.SignedIn.Organization.Id }, Stop));
        stolen.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_application_cannot_get_around_the_policies()
    {
        await using var server = await TestServer.StartAsync();
        await using var connection = new NpgsqlConnection(server.Database.ApplicationConnectionString);
        await connection.OpenAsync(Stop);

        (await NamesAsync(server.Database.ApplicationConnectionString,
            "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)")).ShouldBeEmpty();
        string[] attempts =
        [
            "CREATE TABLE mine (id int)", "ALTER TABLE turns DISABLE ROW LEVEL SECURITY", "ALTER TABLE turns NO FORCE ROW LEVEL SECURITY", "DROP TABLE turns",
            "TRUNCATE turns", "DROP POLICY tenancy ON turns", "CREATE POLICY mine ON turns USING (true)", "SET ROLE evenkeel_owner", "SET SESSION AUTHORIZATION evenkeel_owner",
            "CREATE OR REPLACE FUNCTION in_system_scope() RETURNS boolean LANGUAGE sql RETURN true", "SELECT * FROM schema_migrations", "CREATE SCHEMA mine",
        ];
        foreach (var attempt in attempts)
        {
            await using var command = new NpgsqlCommand(attempt, connection);
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Stop), attempt)).SqlState
                .ShouldBe(PostgresErrorCodes.InsufficientPrivilege, attempt);
        }

        // row_security = off does not show rows: it makes the query fail instead.
        await using var off = new NpgsqlCommand("SET row_security = off; SELECT count(*) FROM turns", connection);
        (await Should.ThrowAsync<PostgresException>(() => off.ExecuteScalarAsync(Stop))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private static string OfOther(string table) => table == "organizations" ? "organization_id = @Other" : "organization_id = @Other OR organization_id IS NULL";

    private static async Task<long> CountAsync(NpgsqlConnection session, string table)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table}", session);
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    private static async Task<List<string>> NamesAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var names = new List<string>();
        while (await reader.ReadAsync(Stop))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
