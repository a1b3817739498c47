using System.Text.Json.Nodes;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Accounts;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Timeline.Retention;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

/// <summary><c>evenkeel events</c> beside a running server.</summary>
public sealed class CleanupTests
{
    private const int Sessions = 40;
    private const int OldDays = 3;

    private static readonly Guid Organization = Guid.CreateVersion7();

    // Only what the test asks for is deleted, whenever the server's own retention runs.
    private static readonly Dictionary<string, string?> KeepsAll = new(StringComparer.Ordinal) { ["Timeline:RetentionHours"] = "87600" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dry_run_counts_what_the_real_one_deletes_while_newer_events_are_recorded()
    {
        await using var server = await TestServer.StartAsync(KeepsAll);
        var (total, pinned) = await FillAsync(server);
        await RunAsync(server, "pin", pinned.ToString(), "--reason", "it is looked into");

        var dry = await JsonAsync(server, "cleanup", "--hours", "24", "--dry-run", "--json");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var inserting = InsertNewerAsync(server, end.Token);
        var real = await JsonAsync(server, "cleanup", "--hours", "24", "--json");
        await end.CancelAsync();
        await inserting;

        ((long)dry["rows"]!).ShouldBe(total - (OldDays + 1));
        ((long)real["rows"]!).ShouldBe((long)dry["rows"]!);
        ((int)real["days_dropped"]!).ShouldBeGreaterThan(0);
        ((int)real["days_dropped"]!).ShouldBe((int)dry["days_dropped"]!);
        (await server.Database.LookAsync<long>("SELECT count(*) FROM chat_events WHERE session_id = $1", pinned)).ShouldBe(OldDays + 2);
        (await server.Database.LookAsync<long>("SELECT count(*) FROM chat_events WHERE session_id <> $1 AND occurred_at < now() - interval '25 hours'", pinned)).ShouldBe(0);
        ((long)(await JsonAsync(server, "cleanup", "--hours", "24", "--dry-run", "--json"))["rows"]!).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_archived_can_be_read_back_and_filters_leave_the_rest()
    {
        await using var server = await TestServer.StartAsync(KeepsAll);
        var (total, _) = await FillAsync(server);
        var folder = TestFolder.New("archive");
        Directory.CreateDirectory(folder);
        var (first, second) = (Path.Combine(folder, "odd.jsonl.zst"), Path.Combine(folder, "rest.jsonl.zst"));

        var filtered = await JsonAsync(server, "cleanup", "--hours", "24", "--type", "odd", "--archive", first, "--json");
        var rest = await JsonAsync(server, "cleanup", "--hours", "24", "--archive", second, "--json");

        var odd = await ReadAsync(first);
        odd.Count.ShouldBe((int)filtered["rows"]!);
        odd.ShouldAllBe(line => (string)line["event_type"]! == "odd");
        var others = await ReadAsync(second);
        others.Count.ShouldBe((int)rest["rows"]!);
        (odd.Count + others.Count).ShouldBe(total);
        odd.Concat(others).Select(line => (string)line["id"]!).Distinct().Count().ShouldBe(total);
        odd.Concat(others).ShouldAllBe(line => (int)line["event_data"]!["n"]! > 0 && (string)line["organization_id"]! == Organization.ToString());

        // A file that is there is not written over, and nothing is deleted.
        var (code, output) = await RunAsync(server, "cleanup", "--hours", "1", "--archive", second);
        code.ShouldBe(1, output);
        (await server.Database.LookAsync<long>("SELECT count(*) FROM chat_events")).ShouldBe(Sessions);
    }

    [Fact]
    public async Task Statistics_and_exports_tell_what_is_stored_and_failures_end_with_another_code()
    {
        await using var server = await TestServer.StartAsync(KeepsAll);
        var (total, _) = await FillAsync(server);
        var file = Path.Combine(TestFolder.New("export"), "events.csv.zst");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);

        var stats = await JsonAsync(server, "stats", "--json");
        ((int)stats["rows"]!).ShouldBe(total + Sessions);
        stats["days"]!.AsArray().Sum(day => (int)day!["rows"]!).ShouldBe(total + Sessions);
        stats["types"]!.AsArray().Select(type => (string)type!["event_type"]!).Order().ShouldBe(["even", "odd"]);
        ((long)stats["bytes"]!).ShouldBeGreaterThan(0);
        ((long)stats["projected_bytes"]!).ShouldBeGreaterThan(0);
        (await RunAsync(server, "stats")).Output.ShouldContain("at retention");
        (await RunAsync(server, "export", "--output", file)).Code.ShouldBe(0);
        (await EventArchive.ReadAsync(file).CountAsync(Stop)).ShouldBe(total + Sessions + 1);
        var (code, lines) = await RunAsync(server, "export", "--type", "odd");
        code.ShouldBe(0);
        lines.Split('\n').Count(line => line.StartsWith('{')).ShouldBe(stats["types"]!.AsArray().Where(type => (string)type!["event_type"]! == "odd").Sum(type => (int)type!["rows"]!));

        (await RunAsync(server, "export", "--output", file)).Code.ShouldBe(1, "it is there already");
        (await RunAsync(server, "cleanup", "--hours", "0")).Code.ShouldBe(2);
        (await RunAsync(server, "pin", Guid.CreateVersion7().ToString(), "--reason", "nobody knows it")).Code.ShouldBe(1);
        await server.Database.ChangeAsync("REVOKE ALL ON chat_events FROM evenkeel_app");
        foreach (var verb in new[] { new[] { "stats" }, ["cleanup", "--hours", "1"], ["cleanup", "--hours", "1", "--dry-run"], ["export"] })
        {
            (await RunAsync(server, verb)).Code.ShouldBe(1, string.Join(' ', verb));
        }

        server.ExpectErrors();
    }

    [Fact]
    public async Task Owners_see_their_own_organizations_rows_and_members_none()
    {
        await using var server = await AccountsServer.StartAsync(("Accounts:Operators", "FirstOrganization"));
        var first = await server.RegisterAsync();
        var second = await server.RegisterAsync();
        foreach (var (person, events) in new[] { (first, 2), (second, 3) })
        {
            await TimelineEntries.AppendAsync(server, [.. Enumerable.Range(0, events).Select(_ => TimelineEntries.Of(person.Organization.Id, Guid.CreateVersion7()))]);
        }

        ((int)(await server.GetAsync("/api/v1/admin/timeline/stats", first.AccessToken)).Body!["rows"]!).ShouldBe(5, "an operator's");
        var own = await server.GetAsync("/api/v1/admin/timeline/stats", second.AccessToken);
        ((int)own.Body!["rows"]!).ShouldBe(3);
        (await server.GetAsync("/api/v1/admin/timeline/stats")).ErrorCode.ShouldBe("auth_required");
    }

    /// <returns>Rows older than a day, and a session to be pinned.</returns>
    private static async Task<(int Old, Guid Pinned)> FillAsync(TestServer server)
    {
        var database = server.Services.GetRequiredService<Database>();
        await TimelineEntries.EnsureDaysAsync(database, TimeProvider.System.GetUtcNow().AddDays(-4), 8);
        // The oldest day has no partition: its rows are in the default one.
        await database.ExecuteAsync(
            DataScope.System,
            """
            WITH sessions AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, @Sessions) n),
            known AS (
                INSERT INTO timeline_sessions (session_id, organization_id, last_seq, first_at, last_at)
                SELECT id, @Organization, 5, now() - interval '40 days', now() FROM sessions)
            INSERT INTO chat_events (id, organization_id, session_id, seq, occurred_at, attempt, event_type, event_status, event_data, retention)
            SELECT gen_random_uuid(), @Organization, s.id, d.place, now() - d.age - s.n * interval '1 second', 1, CASE s.n % 2 WHEN 0 THEN 'even' ELSE 'odd' END, 'completed',
                   jsonb_build_object('n', s.n), CASE s.n % 4 WHEN 0 THEN 'error' ELSE 'event' END
            FROM sessions s, unnest(ARRAY['1 minute', '26 hours', '50 hours', '74 hours', '40 days']::interval[]) WITH ORDINALITY AS d (age, place)
            """,
            new { Organization, Sessions },
            Stop);
        return (Sessions * (OldDays + 1), await server.Database.LookAsync<Guid>("SELECT session_id FROM chat_events ORDER BY session_id LIMIT 1"));
    }

    private static async Task InsertNewerAsync(TestServer server, CancellationToken end)
    {
        var database = server.Services.GetRequiredService<Database>();
        while (!end.IsCancellationRequested)
        {
            await database.ExecuteAsync(
                DataScope.System,
                """
                INSERT INTO chat_events (id, organization_id, session_id, seq, occurred_at, attempt, event_type, event_status, retention)
                VALUES (gen_random_uuid(), @Organization, gen_random_uuid(), 1, now(), 1, 'newer', 'completed', 'event')
                """,
                new { Organization },
                Stop);
        }
    }

    private static async Task<List<JsonNode>> ReadAsync(string path) => [.. (await EventArchive.ReadAsync(path).ToListAsync(Stop)).Select(line => JsonNode.Parse(line)!)];

    private static async Task<JsonNode> JsonAsync(TestServer server, params string[] arguments)
    {
        var (code, output) = await RunAsync(server, arguments);
        code.ShouldBe(0, output);
        return JsonNode.Parse(output)!;
    }

    private static Task<(int Code, string Output)> RunAsync(TestServer server, params string[] arguments) => EvenkeelProgram.RunAsync(
        ["events", .. arguments],
        new()
        {
            ["ConnectionStrings:Evenkeel"] = server.Database.ApplicationConnectionString,
            ["Database:Migrate"] = "false",
            ["Data:Directory"] = server.DataDirectory,
        });
}
