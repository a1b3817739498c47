using System.Diagnostics;
using System.Text.Json;
using Evenkeel.Bench.Clients;
using Evenkeel.Bench.Processes;
using Evenkeel.Bench.Turns;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.EmbeddedPostgres;
using Npgsql;

namespace Evenkeel.Bench.Events;

/// <summary>How long <c>latest?count=10</c> of any session takes, by HTTP, while the timeline grows.</summary>
internal sealed class MeasureLatest(BenchPaths paths, int[] rows)
{
    private const int EventsPerSession = 100;
    private const int SessionsPerChunk = 5_000;
    private const int Days = 30;
    private const int Requests = 2_000;
    private const int WarmUp = 300;
    private const int FillSeconds = 600;

    public async Task<IReadOnlyList<LatestFigures>> RunAsync(Action<string> say)
    {
        await using var server = await EvenkeelProcess.StartAsync(paths, null, new Dictionary<string, string>());
        var token = (await Registration.RunAsync(server.Address, 1))[0];
        var address = RunningCluster.Find(server.DataDirectory) ?? throw new BenchmarkException("The server's database was not found.");
        await using var database = new Database(new DatabaseConnection(
            new NpgsqlConnectionStringBuilder(address) { CommandTimeout = FillSeconds }.ConnectionString, null, PooledTransactions: false));
        var organization = await OrganizationAsync(server.Address, token);
        await database.ExecuteAsync(
            DataScope.System, $"SELECT ensure_chat_event_partitions((now() AT TIME ZONE 'UTC')::date - {Days}, {Days})", null, CancellationToken.None);
        var figures = new List<LatestFigures>();
        var filled = 0;
        foreach (var goal in rows.Order())
        {
            for (; filled < goal; filled += SessionsPerChunk * EventsPerSession)
            {
                await FillAsync(database, organization, filled / EventsPerSession);
            }

            say($"{filled:N0} events: asking …");
            figures.Add(await AskAsync(server.Address, token, filled));
        }

        return figures;
    }

    private static async Task<Guid> OrganizationAsync(Uri server, string token)
    {
        using var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return (await http.GetFromJsonAsync<JsonElement>("/auth/me")).GetProperty("organization").GetProperty("id").GetGuid();
    }

    /// <summary>Sessions of five minutes each, anywhere in the last 30 days.</summary>
    private static Task FillAsync(Database database, Guid organization, int firstSession) => database.ExecuteAsync(
        DataScope.System,
        $"""
        WITH sessions AS (
            SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id, now() - interval '10 minutes' - (n * 7919 % ({Days} * 24 * 60 - 30)) * interval '1 minute' AS begins
            FROM generate_series(@firstSession, @firstSession + {SessionsPerChunk} - 1) n),
        known AS (
            INSERT INTO timeline_sessions (session_id, organization_id, last_seq, first_at, last_at)
            SELECT id, @organization, {EventsPerSession}, begins + interval '3 seconds', begins + {EventsPerSession} * interval '3 seconds' FROM sessions)
        INSERT INTO chat_events (id, organization_id, session_id, seq, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt, event_type, event_status, event_data, retention)
        SELECT gen_random_uuid(), @organization, id, seq, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), begins + seq * interval '3 seconds', 12.5, 1,
               'agent_thinking', 'completed', jsonb_build_object('route', 'documents', 'tokens', seq, 'model', 'scripted'), 'event'
        FROM sessions, generate_series(1, {EventsPerSession}) seq ORDER BY begins
        """,
        new { organization, firstSession },
        CancellationToken.None);

    private static async Task<LatestFigures> AskAsync(Uri server, string token, int filled)
    {
        using var http = await RawHttp.ConnectAsync(server);
        var random = new Random(3);
        var times = new List<double>();
        for (var number = 0; number < WarmUp + Requests; number++)
        {
            var n = random.Next(filled / EventsPerSession);
            var session = new Guid($"00000000-0000-7000-8000-{n:x12}");
            var begin = Stopwatch.GetTimestamp();
            var status = await http.SendAsync(RawHttp.Get(server, $"/chat/events/{session}/latest?count=10", token));
            var took = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            if (status != 200)
            {
                throw new BenchmarkException($"latest was answered with {status}.");
            }

            if (number >= WarmUp)
            {
                times.Add(took);
            }
        }

        var percentiles = Percentiles.Of(times);
        return new LatestFigures(filled, percentiles.P50, percentiles.P99);
    }
}
