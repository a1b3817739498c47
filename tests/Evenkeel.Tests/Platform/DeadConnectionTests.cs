using Evenkeel.Platform.Data;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Platform;

/// <summary>Connections that die while they wait in the pool: what can be repeated is, and nothing is done twice.</summary>
public sealed class DeadConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Uses => ["query", "first", "write", "batch", "batch that is read", "transaction"];

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_dead_connection_in_the_pool_fails_nothing_and_repeats_no_write(string use)
    {
        await using var test = await TestDatabase.CreateDatabaseAsync(ct: Stop);
        await test.ChangeAsync("CREATE TABLE notes (text text); GRANT ALL ON notes TO PUBLIC");
        await using var database = new Database(new DatabaseConnection(test.ApplicationConnectionString, null, false));
        // Connections side by side, all given back, all dead.
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => database.QueryAsync<int>(DataScope.System, "SELECT 1 FROM pg_sleep(0.05)", null, Stop)));

        for (var round = 1; round <= 3; round++)
        {
            await test.LookAsync<bool>(
                "SELECT coalesce(bool_and(pg_terminate_backend(pid, 5000)), true) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            await UseAsync(database, use);
            (await test.LookAsync<long>("SELECT count(*) FROM notes")).ShouldBe(use is "query" or "first" ? 0 : round);
        }
    }

    [Fact]
    public void Only_a_farewell_before_the_first_result_or_a_failed_write_proves_that_nothing_happened()
    {
        DatabaseOutage.ProvesThatNothingHappened(new PostgresException("", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown)).ShouldBeTrue();
        DatabaseOutage.ProvesThatNothingHappened(new NpgsqlException("Exception while writing to stream", new IOException())).ShouldBeTrue();
        DatabaseOutage.ProvesThatNothingHappened(new NpgsqlException("Exception while reading from stream", new EndOfStreamException())).ShouldBeFalse();
        DatabaseOutage.ProvesThatNothingHappened(new PostgresException("server conn crashed?", "ERROR", "ERROR", "08P01")).ShouldBeFalse();
        DatabaseOutage.ProvesThatNothingHappened(new PostgresException("", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation)).ShouldBeFalse();
    }

    private static async Task UseAsync(Database database, string use)
    {
        const string Write = "INSERT INTO notes VALUES ('once')";
        switch (use)
        {
            case "query":
                (await database.QueryAsync<int>(DataScope.System, "SELECT 7", null, Stop)).ShouldBe([7]);
                break;
            case "first":
                (await database.QueryFirstOrDefaultAsync<int>(DataScope.System, "SELECT 7", null, Stop)).ShouldBe(7);
                break;
            case "write":
                (await database.ExecuteAsync(DataScope.System, Write, null, Stop)).ShouldBe(1);
                break;
            case "batch":
                await using (var batch = database.CreateBatch(DataScope.System).Add(Write))
                {
                    await batch.ExecuteAsync(Stop);
                }

                break;
            case "batch that is read":
                await using (var batch = database.CreateBatch(DataScope.System).Add(Write + " RETURNING $1 || text", Sql.Value("parameters go again: ")))
                await using (var reader = await batch.ExecuteReaderAsync(Stop))
                {
                    (await reader.ReadAsync(Stop)).ShouldBeTrue();
                    reader.GetString(0).ShouldBe("parameters go again: once");
                }

                break;
            default:
                await using (var transaction = await database.BeginAsync(DataScope.System, Stop))
                {
                    await using var command = new NpgsqlCommand(Write, transaction.Connection, transaction.Transaction);
                    await command.ExecuteNonQueryAsync(Stop);
                    await transaction.CommitAsync(Stop);
                }

                break;
        }
    }
}
