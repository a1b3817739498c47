using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Accounts;
using Evenkeel.Timeline;
using Evenkeel.Timeline.Recording;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

public sealed class RecordingTests(SharedAccountsServer shared) : IClassFixture<SharedAccountsServer>
{
    private static readonly Guid Organization = Guid.CreateVersion7();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_recorded_is_written_after_a_short_wait_in_order()
    {
        var server = shared.Server;
        var (recorder, writer) = Recording(server);
        Guid session = Guid.CreateVersion7(), turn = Guid.CreateVersion7();
        foreach (var message in new[] { "one", "two", "three" })
            recorder.Record(TimelineEntries.Of(Organization, session, turn, message));

        await RunAsync(writer);
        (await TimelineEntries.WrittenAsync(server, session)).ShouldBeEmpty();
        server.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await RunAsync(writer);

        (await TimelineEntries.WrittenAsync(server, session)).ShouldBe([(1, "one"), (2, "two"), (3, "three")]);
    }

    [Fact]
    public async Task What_a_turn_takes_is_written_by_its_own_commit_only()
    {
        var server = shared.Server;
        var (recorder, writer) = Recording(server);
        Guid session = Guid.CreateVersion7(), turn = Guid.CreateVersion7(), other = Guid.CreateVersion7();
        recorder.Record(TimelineEntries.Of(Organization, session, turn, "taken"));
        recorder.Record(TimelineEntries.Of(Organization, session, other, "left"));

        var taken = recorder.TakePending(turn);
        taken.ShouldHaveSingleItem();
        recorder.TakePending(turn).ShouldBeEmpty();
        await TimelineEntries.AppendAsync(server, [.. taken, TimelineEntries.Of(Organization, session, turn, "committed")]);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(writer);

        (await TimelineEntries.WrittenAsync(server, session)).ShouldBe([(1, "taken"), (2, "committed"), (3, "left")]);
    }

    [Fact]
    public async Task Numbers_have_no_gaps_whoever_writes_at_the_same_time()
    {
        const int Writers = 8, Rounds = 25;
        var server = shared.Server;
        var sessions = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                // Every writer meets the sessions in another order: without a common order of locks they would deadlock.
                var entries = sessions.Skip(writer % 5).Concat(sessions.Take(writer % 5))
                    .SelectMany(session => new[] { "first", "second" }.Select(part => TimelineEntries.Of(Organization, session, null, $"{writer}.{round}.{part}")));
                await TimelineEntries.AppendAsync(server, writer % 2 == 0 ? DataScope.System : DataScope.Organization(Organization), [.. entries]);
            }
        }));

        foreach (var session in sessions)
        {
            var written = await TimelineEntries.WrittenAsync(server, session);
            written.Select(row => row.Seq).ShouldBe(Enumerable.Range(1, Writers * Rounds * 2).Select(number => (long)number));
            written.Chunk(2).ShouldAllBe(pair => pair[0].Type.Replace("first", "second", StringComparison.Ordinal) == pair[1].Type);
        }
    }

    [Fact]
    public async Task What_does_not_fit_is_dropped_and_counted()
    {
        var server = shared.Server;
        var (recorder, writer) = Recording(server, bufferedEntries: 100);
        var session = Guid.CreateVersion7();

        for (var number = 0; number < 130; number++)
            recorder.Record(TimelineEntries.Of(Organization, session));

        recorder.Dropped.ShouldBe(30);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(writer);
        (await TimelineEntries.WrittenAsync(server, session)).Count.ShouldBe(100);
    }

    [Fact]
    public async Task While_the_database_refuses_entries_wait_and_are_written_later_in_order()
    {
        await using var server = await AccountsServer.StartAsync();
        var (recorder, writer) = Recording(server);
        var session = Guid.CreateVersion7();
        await TimelineEntries.ExecuteAsOwnerAsync(server, "REVOKE INSERT ON timeline_sessions FROM evenkeel_app");
        recorder.Record(TimelineEntries.Of(Organization, session, null, "before"));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(writer);
        recorder.Record(TimelineEntries.Of(Organization, session, null, "during"));

        await TimelineEntries.ExecuteAsOwnerAsync(server, "GRANT INSERT ON timeline_sessions TO evenkeel_app");
        await RunAsync(writer);
        (await TimelineEntries.WrittenAsync(server, session)).ShouldBeEmpty("it waits a second before it tries again");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(writer);
        await RunAsync(writer);

        (await TimelineEntries.WrittenAsync(server, session)).ShouldBe([(1, "before"), (2, "during")]);
        recorder.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_stored_takes_no_other_with_it()
    {
        var server = shared.Server;
        var (recorder, writer) = Recording(server);
        var session = Guid.CreateVersion7();
        recorder.Record(TimelineEntries.Of(Organization, session, null, "one"));
        recorder.Record(TimelineEntries.Of(Organization, session, null, "unreadable") with { DataJson = "not json" });
        recorder.Record(TimelineEntries.Of(Organization, session, null, "bad") with { DataJson = """{"number":1e999999}""" });
        recorder.Record(TimelineEntries.Of(Organization, session, null, "two"));
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        await RunAsync(writer);

        (await TimelineEntries.WrittenAsync(server, session)).ShouldBe([(1, "one"), (2, "unreadable"), (3, "two")]);
        recorder.Dropped.ShouldBe(1);
    }

    [Fact]
    public async Task Nul_characters_are_taken_out()
    {
        var server = shared.Server;
        var session = Guid.CreateVersion7();

        await TimelineEntries.AppendAsync(server, TimelineEntries.Of(Organization, session, null, "a\0b") with { DataJson = """{"status":"a\u0000b"}""", ErrorType = "x\0" });

        (await TimelineEntries.WrittenAsync(server, session)).ShouldBe([(1, "ab")]);
    }

    [Fact]
    public async Task Appending_nothing_adds_no_statement()
    {
        var server = shared.Server;
        await TimelineEntries.AppendAsync(server, DataScope.System, []);
    }

    [Fact]
    public async Task Stopping_writes_what_waits()
    {
        var server = shared.Server;
        var (recorder, writer) = Recording(server);
        var session = Guid.CreateVersion7();
        recorder.Record(TimelineEntries.Of(Organization, session));

        await writer.StopAsync(Stop);

        (await TimelineEntries.WrittenAsync(server, session)).Count.ShouldBe(1);
    }

    /// <summary>A recorder and a writer apart from the server's own, which runs by itself: here the test says when to write.</summary>
    private static (TimelineRecorder Recorder, WriteTimeline Writer) Recording(AccountsServer server, int bufferedEntries = 10_000)
    {
        var parts = new RecorderParts(server, new TimelineOptions { BufferedEntries = bufferedEntries });
        return (parts.Recorder, parts.Writer);
    }

    private static Task<bool> RunAsync(WriteTimeline writer) => ((BackgroundLoop)writer).RunOnceAsync(Stop);
}
