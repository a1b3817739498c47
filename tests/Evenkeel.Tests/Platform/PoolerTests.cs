using System.Net;
using System.Text.Json.Nodes;
using Evenkeel.Host.Server;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Privacy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Platform;

/// <summary>A real PgBouncer before PostgreSQL: found by its behaviour, and in no turn's way.</summary>
public sealed class PoolerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("transaction", 20, "transaction")]
    [InlineData("transaction", 1, "transaction")]
    [InlineData("session", 20, "session")]
    // One backend for all: the second connection waits, so the careful mode is taken.
    [InlineData("session", 1, "transaction")]
    public async Task PgBouncer_is_known_by_its_behaviour(string mode, int poolSize, string detected)
    {
        Assert.SkipUnless(TestPooler.IsInstalled, "PgBouncer is not installed");
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);
        await using var pooler = await TestPooler.StartAsync(mode, poolSize);

        var decision = await DetectPooler.RunAsync(pooler.Through(database.ApplicationConnectionString), "auto", Stop);

        decision.Mode.ShouldBe(detected, decision.Evidence);
        decision.Source.ShouldBe("behaviour");
    }

    [Fact]
    public async Task PostgreSQL_itself_is_not_taken_for_a_pooler()
    {
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);

        (await DetectPooler.RunAsync(database.ApplicationConnectionString, "auto", Stop)).Mode.ShouldBe(PoolerDecision.None);
    }

    [Fact]
    public async Task What_was_found_is_logged_as_an_event()
    {
        Assert.SkipUnless(TestPooler.IsInstalled, "PgBouncer is not installed");
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);
        var pooler = await TestPooler.SharedAsync();
        using var capture = new TelemetryCapture();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(capture));
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Evenkeel"] = pooler.Through(database.ApplicationConnectionString),
            ["Database:Migrate"] = "false",
        }).Build();

        await using var started = await DatabaseStartup.RunAsync(settings, loggers, Stop);

        capture.Lines.Single(line => line.Event == "db_pool_detected").Message.ShouldStartWith("db_pool_detected: transaction pooling before PostgreSQL, decided by behaviour");
    }

    [Theory]
    [InlineData("on", "transaction")]
    [InlineData("off", "none")]
    public async Task The_setting_overrides_what_would_be_found(string setting, string mode)
    {
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);

        var decision = await DetectPooler.RunAsync(database.ApplicationConnectionString, setting, Stop);

        decision.Mode.ShouldBe(mode);
        decision.Source.ShouldBe("setting");
    }

    [Theory]
    [InlineData(false, null, null, "none", "behaviour")]
    [InlineData(false, null, "port 6432", "transaction", "address")]
    [InlineData(false, false, "port 6432", "none", "behaviour")]
    [InlineData(false, true, null, "transaction", "behaviour")]
    [InlineData(true, null, null, "transaction", "behaviour")]
    public void The_address_counts_where_behaviour_could_not_be_seen(bool hasForeignId, bool? sharesBackends, string? hint, string mode, string source)
    {
        var decision = DetectPooler.Decide(hasForeignId, sharesBackends, hint);

        (decision.Mode, decision.Source).ShouldBe((mode, source));
    }

    [Fact]
    public async Task Servers_that_migrate_at_once_through_a_pooler_apply_each_file_once()
    {
        Assert.SkipUnless(TestPooler.IsInstalled, "PgBouncer is not installed");
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);
        await using var pooler = await TestPooler.StartAsync(poolSize: 3);
        var through = pooler.Through(database.OwnerConnectionString);

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            new Migrator(through, ExternalPostgres.ApplicationRole, NullLogger.Instance).RunAsync(Modules.Migrations, true, Stop)));

        applied.Count(names => names.Count > 0).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_found_a_pooler_keeps_nothing_in_sessions_and_tells_its_administrators()
    {
        Assert.SkipUnless(TestPooler.IsInstalled, "PgBouncer is not installed");
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);
        await using var pooler = await TestPooler.StartAsync();
        await using var server = await TestServer.StartAsync(
            new() { ["ConnectionStrings:Evenkeel"] = pooler.Through(database.OwnerConnectionString), ["Database:Migrate"] = "true" }, database: database);
        var account = await server.RegisterAsync();

        for (var round = 0; round < 5; round++)
        {
            await account.AskAsync("How do I resume a stream after a disconnect?");
        }

        var check = await CheckAsync(account, "database_pool");
        check["details"]!["mode"]!.GetValue<string>().ShouldBe("transaction");
        check["details"]!["source"]!.GetValue<string>().ShouldBe("behaviour");
        (await database.LookAsync<long>("SELECT count(*) FROM workers WHERE session_lock IS NOT NULL")).ShouldBe(0);
        (await database.LookAsync<long>(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database WHERE locktype = 'advisory' AND datname = current_database()")).ShouldBe(0);
        await using var backend = new NpgsqlConnection(pooler.Through(database.OwnerConnectionString));
        await backend.OpenAsync(Stop);
        await using var prepared = new NpgsqlCommand("SELECT count(*) FROM pg_prepared_statements", backend);
        ((long)(await prepared.ExecuteScalarAsync(Stop))!).ShouldBe(0);
    }

    [Fact]
    public async Task Turns_go_on_after_the_pooler_was_away()
    {
        Assert.SkipUnless(TestPooler.IsInstalled, "PgBouncer is not installed");
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);
        await using var pooler = await TestPooler.StartAsync();
        await using var server = await TestServer.StartAsync(
            new() { ["ConnectionStrings:Evenkeel"] = pooler.Through(database.OwnerConnectionString), ["Database:Migrate"] = "true" }, database: database);
        server.ExpectErrors();
        var account = await server.RegisterAsync();
        await account.AskAsync("How do I resume a stream after a disconnect?");

        await pooler.StopAsync();
        using (var refused = await account.PostChatAsync("while it is away"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        }

        (await server.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await pooler.StartAgainAsync();

        (await account.AskAsync("and now it is back")).Status.ShouldBe(Contracts.Chats.MessageStatus.Complete);
    }

    private static async Task<JsonNode> CheckAsync(TestAccount account, string name)
    {
        var report = JsonNode.Parse(await account.Http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Stop))!;
        return report["checks"]!.AsArray().Single(check => check!["name"]!.GetValue<string>() == name)!;
    }
}
