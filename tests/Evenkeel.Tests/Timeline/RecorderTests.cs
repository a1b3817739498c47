using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Health;
using Evenkeel.Tests.Accounts;
using Evenkeel.Timeline;
using Evenkeel.Timeline.Recording;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

/// <summary>What the recorder does with classes, failures, watchers, large data, and a server that refuses COPY.</summary>
public sealed class RecorderTests(SharedAccountsServer shared) : IClassFixture<SharedAccountsServer>
{
    private static readonly Guid Organization = Guid.CreateVersion7();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_of_one_write_go_to_the_leaves_of_their_classes_and_are_numbered_as_they_were_recorded()
    {
        var server = shared.Server;
        var parts = new RecorderParts(server);
        var (session, now) = (Guid.CreateVersion7(), server.Clock.GetUtcNow());
        TimelineEntry Entry(string type) => TimelineEntries.Of(Organization, session, null, type) with { Timestamp = now };
        parts.Recorder.Record(Entry("one"));
        parts.Recorder.Record(Entry("two") with { ErrorSeverity = "critical" });
        parts.Recorder.Record(Entry("three") with { Retention = RetentionClass.Debug });
        parts.Recorder.Record(Entry("four") with { EventStatus = TimelineEventStatus.Failed, Retention = RetentionClass.Debug });
        parts.Recorder.Record(Entry("five"));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await parts.WriteAsync();

        var rows = await server.Database.QueryAsync<string>(
            DataScope.Organization(Organization),
            "SELECT seq || ' ' || event_type || ' ' || replace(tableoid::regclass::text, 'chat_events_', '') FROM chat_events WHERE session_id = @session ORDER BY seq", new { session }, Stop);
        var day = now.UtcDateTime.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        rows.ShouldBe([$"1 one event_{day}", $"2 two error_{day}", $"3 three debug_{day}", $"4 four error_{day}", $"5 five event_{day}"]);
        (await server.Database.QueryFirstOrDefaultAsync<bool>(
            DataScope.System, "SELECT first_at = @now AND last_at = @now FROM timeline_sessions WHERE session_id = @session", new { session, now = now.UtcDateTime }, Stop)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_failed_is_kept_however_full_the_buffer_is_and_waits_for_its_turns_commit()
    {
        var server = shared.Server;
        var parts = new RecorderParts(server, new TimelineOptions { BufferedEntries = 100 });
        Guid session = Guid.CreateVersion7(), turn = Guid.CreateVersion7(), other = Guid.CreateVersion7();
        for (var number = 0; number < 100; number++)
            parts.Recorder.Record(TimelineEntries.Of(Organization, other));
        TimelineEntry Failed(string type) => TimelineEntries.Of(Organization, session, turn, type) with { EventStatus = TimelineEventStatus.Failed };

        parts.Recorder.Record(TimelineEntries.Of(Organization, session, turn, "dropped"));
        parts.Recorder.Record(Failed("kept"));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await parts.WriteAsync();
        parts.Recorder.Record(TimelineEntries.Of(Organization, session, turn, "after"));

        parts.Counts.Dropped.ShouldBe(1);
        (await TimelineEntries.WrittenAsync(server, other)).Count.ShouldBe(100);
        (await TimelineEntries.WrittenAsync(server, session)).ShouldBeEmpty("its turn's commit writes it");
        parts.Recorder.TakePending(turn).Select(entry => entry.EventType).ShouldBe(["kept", "after"]);

        // A turn that went to another worker commits nothing here.
        parts.Recorder.Record(Failed("alone"));
        server.Clock.Advance(TimeSpan.FromSeconds(6));
        await parts.WriteAsync();
        (await TimelineEntries.WrittenAsync(server, session)).ShouldBe([(1, "alone")]);
    }

    [Fact]
    public async Task A_large_write_that_has_come_together_waits_for_nothing()
    {
        var server = shared.Server;
        var parts = new RecorderParts(server, new TimelineOptions { EntriesPerWrite = 20 });
        Guid session = Guid.CreateVersion7(), last = Guid.CreateVersion7();
        await parts.Writer.StartAsync(Stop);
        var written = new TaskCompletionSource();
        parts.Recorded.Listen(sessions => { if (sessions.Contains(session)) written.TrySetResult(); });

        for (var number = 0; number < 20; number++)
            parts.Recorder.Record(TimelineEntries.Of(Organization, session));
        parts.Recorder.Record(TimelineEntries.Of(Organization, last));
        await written.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);

        (await TimelineEntries.WrittenAsync(server, session)).Count.ShouldBe(20, "the clock stands still");
        (await TimelineEntries.WrittenAsync(server, last)).ShouldBeEmpty("what is left over waits its 100 ms");
        await parts.Writer.StopAsync(Stop);
        (await TimelineEntries.WrittenAsync(server, last)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_somebody_watches_is_written_at_once_and_told_of_when_it_can_be_read()
    {
        var server = shared.Server;
        Guid watched = Guid.CreateVersion7(), other = Guid.CreateVersion7();
        var parts = new RecorderParts(server, live: new Watching(watched));
        var told = new List<Guid>();
        parts.Recorded.Listen(told.AddRange);
        parts.Recorder.Record(TimelineEntries.Of(Organization, other));
        var armed = server.Clock.WhenSetToAsync(TimeSpan.FromMilliseconds(10));
        parts.Recorder.Record(TimelineEntries.Of(Organization, watched));
        await armed;

        await parts.WriteAsync();

        told.ShouldBe([watched]);
        (await TimelineEntries.WrittenAsync(server, watched)).Count.ShouldBe(1);
        (await TimelineEntries.WrittenAsync(server, other)).ShouldBeEmpty("it waits its 100 ms");
        parts.Recorder.Committed([TimelineEntries.Of(Organization, other)]);
        told.ShouldBe([watched, other]);
    }

    [Fact]
    public async Task Data_beyond_its_bound_is_replaced_by_its_size_and_what_is_sensitive_loses_every_text()
    {
        var server = shared.Server;
        var parts = new RecorderParts(server, new TimelineOptions { LargestDataBytes = 1_024, LargestDebugDataBytes = 4_096 });
        var session = Guid.CreateVersion7();
        var large = EventData.Of(new { numbers = Enumerable.Range(0, 500).ToArray() });
        var entry = TimelineEntries.Of(Organization, session);
        parts.Recorder.Record(entry with { Data = large });
        parts.Recorder.Record(entry with { Data = large, Retention = RetentionClass.Debug });
        parts.Recorder.Record(entry with { Data = EventData.Of(new { route = "documents", score = 0.5 }), Privacy = PrivacyClass.Sensitive });
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await parts.WriteAsync();

        var rows = await server.Database.QueryAsync<string>(
            DataScope.System, "SELECT event_data::text FROM chat_events WHERE session_id = @session ORDER BY seq", new { session }, Stop);
        rows[0].ShouldContain("\"withheld\": \"too_large\"");
        rows[0].ShouldContain("\"bytes\": 1");
        rows[1].ShouldContain("499");
        rows[2].ShouldBe("""{"route": "[text:9]", "score": 0.5}""");
    }

    [Fact]
    public async Task A_server_that_refuses_COPY_gets_inserts()
    {
        await using var server = await AccountsServer.StartAsync();
        var parts = new RecorderParts(server);
        var session = Guid.CreateVersion7();
        await TimelineEntries.ExecuteAsOwnerAsync(server, $"REVOKE INSERT ON chat_events_event_{server.Clock.GetUtcNow():yyyyMMdd} FROM evenkeel_app");
        for (var round = 1; round <= 2; round++)
        {
            parts.Recorder.Record(TimelineEntries.Of(Organization, session) with { Timestamp = server.Clock.GetUtcNow() });
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            await parts.WriteAsync();
            (await TimelineEntries.WrittenAsync(server, session)).Count.ShouldBe(round);
        }

        parts.Counts.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task Losses_show_in_health_and_are_forgiven_after_a_while()
    {
        await using var server = await AccountsServer.StartAsync();
        var parts = new RecorderParts(server);
        var health = new TimelineHealth(parts.Counts, parts.Writer, server.Clock);
        (await StatusAsync()).ShouldBe(HealthStatus.Ok);

        parts.Counts.Drop(3);
        (await StatusAsync()).ShouldBe(HealthStatus.Degraded);
        server.Clock.Advance(TimeSpan.FromMinutes(6));
        (await StatusAsync()).ShouldBe(HealthStatus.Ok);
        await TimelineEntries.ExecuteAsOwnerAsync(server, "REVOKE INSERT ON timeline_sessions FROM evenkeel_app");
        parts.Recorder.Record(TimelineEntries.Of(Organization, Guid.CreateVersion7()));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await parts.WriteAsync();
        (await StatusAsync()).ShouldBe(HealthStatus.Degraded, "the store fails");

        async Task<string> StatusAsync() => (await health.CheckAsync(HealthAsker.Server, Stop)).Single().Status;
    }

    [Theory]
    [InlineData("agent_thinking", "started", "en", "🤔 Understanding the question")]
    [InlineData("agent_thinking", "failed", "en", "⚠️ Understanding the question failed")]
    [InlineData("agent_thinking", "failed", "zh", "⚠️ 正在理解问题失败")]
    [InlineData("moderation", "failed", "en", "🛡️ The message was not let through")]
    [InlineData("error", "failed", "zh", "⚠️ 出现问题")]
    [InlineData("of_a_newer_release", "completed", "en", "ℹ️ Something was recorded")]
    [InlineData("of_a_newer_release", "failed", "zh", "⚠️ 一个步骤失败")]
    public void Texts_are_made_from_the_type(string type, string status, string language, string text) =>
        shared.Server.Services.GetRequiredService<Evenkeel.Timeline.Catalogue.EventTexts>().Of(type, status, language).ShouldBe(text);

    private sealed class Watching(Guid watched) : ILiveSessions
    {
        public bool IsWatched(Guid session) => session == watched;
    }
}
