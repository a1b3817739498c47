using Evenkeel.Faults.Proxy;
using Evenkeel.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Faults;

/// <summary>The proxy does to one call what its rule says, at the moment it says, and nothing to any other.</summary>
public sealed class PostgresProxyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_pass_unchanged_and_are_known_by_their_statements()
    {
        await using var scene = await Scene.CreateAsync();

        for (var time = 0; time < 4; time++)
        {
            // The driver prepares what it sees again: from then on only the name of the statement is sent.
            await scene.AddAsync("message");
        }

        (await scene.CountAsync()).ShouldBe(4);
        scene.Proxy.Recent.Count(call => call.Statements.Any(sql => sql.Contains("INSERT INTO notes", StringComparison.Ordinal))).ShouldBe(4);
    }

    [Theory]
    [InlineData(Moment.BeforeCall, 0)]
    [InlineData(Moment.BeforeCommit, 0)]
    [InlineData(Moment.AfterCommit, 1)]
    public async Task A_client_that_is_lost_leaves_what_was_committed_before(Moment moment, int expected)
    {
        await using var scene = await Scene.CreateAsync();
        var seenInside = -1L;
        var rule = scene.Arm(new Act(moment, async _ => seenInside = await scene.CountAsync(), IsLost: true));

        await Should.ThrowAsync<NpgsqlException>(() => scene.AddAsync("lost"));

        (await rule.Fired).Client.ShouldBe("test");
        seenInside.ShouldBe(expected);
        (await scene.CountAsync()).ShouldBe(expected);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.99)]
    public async Task A_request_that_is_cut_did_not_happen(double part)
    {
        await using var scene = await Scene.CreateAsync();
        scene.Arm(new CutRequest(part));

        await Should.ThrowAsync<NpgsqlException>(() => scene.AddAsync("cut"));

        (await scene.CountAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task An_answer_that_is_cut_comes_after_the_commit(double part)
    {
        await using var scene = await Scene.CreateAsync();
        scene.Arm(new CutAnswer(part));

        await Should.ThrowAsync<NpgsqlException>(() => scene.AddAsync("cut"));

        (await scene.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_nth_call_fails_and_the_connection_stays_good()
    {
        await using var scene = await Scene.CreateAsync();
        scene.Arm(new Fail("40001"), nth: 2);
        await scene.AddAsync("first");

        (await Should.ThrowAsync<PostgresException>(() => scene.AddAsync("second"))).SqlState.ShouldBe("40001");

        await scene.AddAsync("third");
        (await scene.CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_failure_inside_a_transaction_fails_the_transaction()
    {
        await using var scene = await Scene.CreateAsync();
        await using var connection = await scene.Source.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await Scene.AddAsync(connection, "before");
        scene.Arm(new Fail("40001"));

        await Should.ThrowAsync<PostgresException>(() => Scene.AddAsync(connection, "fails"));

        await transaction.RollbackAsync(Stop);
        await Scene.AddAsync(connection, "after");
        (await scene.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public void Statements_of_the_program_have_their_marks()
    {
        MarkedStatements.Of(["INSERT INTO turns (id) VALUES ($1)", "INSERT INTO chat_events (id) VALUES ($1)"]).ShouldBe(Marks.Send | Marks.Timeline);
        MarkedStatements.Of(["INSERT INTO timeline_sessions AS s (session_id) SELECT $1"]).ShouldBe(Marks.Timeline);
        MarkedStatements.Of(["WITH x AS (UPDATE turns SET status = $5) SELECT credit_settle($1)"]).ShouldBe(Marks.Finish | Marks.Credits);
        MarkedStatements.Of(["SELECT 1"]).ShouldBe(Marks.None);
    }

    private sealed class Scene : IAsyncDisposable
    {
        private readonly TestDatabase _database;

        private Scene(TestDatabase database)
        {
            _database = database;
            Proxy = new PostgresProxy("test", database.OwnerConnectionString);
            var settings = new NpgsqlConnectionStringBuilder(Proxy.ConnectionString) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 };
            Source = NpgsqlDataSource.Create(settings.ConnectionString);
        }

        public PostgresProxy Proxy { get; }

        public NpgsqlDataSource Source { get; }

        public static async Task<Scene> CreateAsync()
        {
            var scene = new Scene(await TestDatabase.CreateDatabaseAsync(ct: Stop));
            await using var owner = NpgsqlDataSource.Create(scene._database.OwnerConnectionString);
            await using var create = owner.CreateCommand("CREATE TABLE notes (text text)");
            await create.ExecuteNonQueryAsync(Stop);
            return scene;
        }

        public Rule Arm(Intervention intervention, int nth = 1) =>
            Proxy.Arm(new Rule(call => call.Statements.Any(sql => sql.StartsWith("INSERT INTO notes", StringComparison.Ordinal)), intervention, nth));

        public async Task AddAsync(string text)
        {
            await using var connection = await Source.OpenConnectionAsync(Stop);
            await AddAsync(connection, text);
        }

        public static async Task AddAsync(NpgsqlConnection connection, string text)
        {
            await using var command = new NpgsqlCommand("INSERT INTO notes VALUES ($1)", connection) { Parameters = { new() { Value = text } } };
            await command.ExecuteNonQueryAsync(Stop);
        }

        /// <summary>Not through the proxy.</summary>
        public async Task<long> CountAsync()
        {
            await using var connection = new NpgsqlConnection(_database.OwnerConnectionString);
            await connection.OpenAsync(Stop);
            await using var command = new NpgsqlCommand("SELECT count(*) FROM notes", connection);
            return (long)(await command.ExecuteScalarAsync(Stop))!;
        }

        public async ValueTask DisposeAsync()
        {
            await Source.DisposeAsync();
            await Proxy.DisposeAsync();
            await _database.DisposeAsync();
        }
    }
}
