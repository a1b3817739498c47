using Evenkeel.Platform.Data;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Telemetry;

public sealed class SlowStatementTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_statement_is_told_by_fingerprint_and_duration_without_text_or_parameters()
    {
        using var capture = new TelemetryCapture();
        await using var server = await TestServer.StartAsync(customize: services => services.AddLogging(logging => logging.AddProvider(capture)));
        var database = server.Services.GetRequiredService<Database>();
        const string sql = "SELECT pg_sleep(0.12)::text FROM conversations RIGHT JOIN (SELECT @secret AS secret) s ON true";

        await database.QueryAsync<string>(DataScope.System, sql, new { secret = "planted-parameter" }, Stop);
        await using (var batch = database.CreateBatch(DataScope.System))
        {
            batch.Add("UPDATE workers SET seen_at = seen_at WHERE id = $1", Sql.Value(Guid.Empty));
            batch.Add("SELECT pg_sleep(0.12)::text");
            await batch.ExecuteAsync(Stop);
        }

        var lines = capture.Lines.Where(line => line.Event == "slow_statement").Select(line => line.Message).ToList();
        string.Join('\n', lines).ShouldMatch($@"slow_statement: {StatementName.Of(sql).Fingerprint} \(SELECT conversations\) took \d{{3,}} ms");
        string.Join('\n', lines).ShouldMatch(@"slow_statement: [0-9a-f]{8} \(UPDATE workers \+1\) took \d{3,} ms");
        capture.Lines.ShouldAllBe(line => !line.ToString().Contains("planted-parameter", StringComparison.Ordinal) && !line.ToString().Contains("pg_sleep", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SELECT id FROM turns WHERE id = @id", "SELECT turns")]
    [InlineData("  WITH seen AS (UPDATE workers SET seen_at = now()) SELECT 1", "UPDATE workers")]
    [InlineData("INSERT INTO messages (id) VALUES ($1)", "INSERT messages")]
    [InlineData("SELECT 1", "SELECT")]
    public void A_statement_is_called_by_its_verb_and_its_first_table(string sql, string summary)
    {
        StatementName.Of(sql).Summary.ShouldBe(summary);
        StatementName.Of(sql).ShouldBe(StatementName.Of(new string(sql)));
        StatementName.Of(sql).Fingerprint.ShouldMatch("^[0-9a-f]{8}$");
    }
}
