using Evenkeel.Platform.Background;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Tests.Accounts;
using Evenkeel.Timeline;
using Evenkeel.Timeline.Catalogue;
using Evenkeel.Timeline.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace Evenkeel.Tests.Timeline;

/// <summary>A recorder and a writer of one's own on a server's database; the test says when to write.</summary>
internal sealed class RecorderParts
{
    public RecorderParts(AccountsServer server, TimelineOptions? options = null, ILiveSessions? live = null)
    {
        var settings = Options.Create(options ?? new TimelineOptions());
        var prepare = new PrepareEntries(server.Services.GetRequiredService<EventTexts>(), settings);
        var append = new AppendEntries(prepare, new IdSource(server.Clock));
        Counts = new TimelineCounts(server.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), server.Clock);
        Recorder = new TimelineRecorder(append, Recorded, Counts, live is null ? [] : [live], server.Clock, settings);
        Writer = new WriteTimeline(
            Recorder, prepare, new CopyEntries(server.Database, append, server.Services.GetRequiredService<KnownLeaves>(), NullLogger<CopyEntries>.Instance), Recorded, Counts,
            new IdSource(server.Clock), server.Clock, NullLogger<WriteTimeline>.Instance, settings);
    }

    public TimelineCounts Counts { get; }

    public TimelineRecorder Recorder { get; }

    public RecordedSessions Recorded { get; } = new();

    public WriteTimeline Writer { get; }

    public Task WriteAsync() => ((BackgroundLoop)Writer).RunOnceAsync(TestContext.Current.CancellationToken);
}
