using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Accounts;
using Evenkeel.Timeline;
using Evenkeel.Timeline.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

/// <summary>What is over its time goes, day by day, and what is pinned stays.</summary>
public sealed class RetentionTests
{
    private static readonly Guid Organization = Guid.CreateVersion7();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_class_forgets_its_days_and_pinned_sessions_stay()
    {
        await using var server = await AccountsServer.StartAsync(services => services.AddSingleton<IRetained, ThreeBatches>());
        var now = server.Clock.GetUtcNow();
        await TimelineEntries.EnsureDaysAsync(server.Database, now.AddDays(-100), 60);
        await TimelineEntries.EnsureDaysAsync(server.Database, now.AddDays(-40), 60);
        Guid session = Guid.CreateVersion7(), pinned = Guid.CreateVersion7();
        foreach (var of in new[] { session, pinned })
        {
            // Days on both sides of 7, 30 and 90; the last one is before all partitions, in the default.
            foreach (var days in new[] { 1, 6, 9, 29, 32, 89, 92, 200 })
            {
                await TimelineEntries.AppendAsync(
                    server,
                    [.. new[] { RetentionClass.Debug, RetentionClass.Event, RetentionClass.Error }.Select(retention =>
                        TimelineEntries.Of(Organization, of, null, $"{retention}-{days}") with { Retention = retention, Timestamp = now.AddDays(-days) })]);
            }
        }

        await server.Services.GetRequiredService<ISessionPins>().PinAsync(Organization, [pinned], new SessionPin(PinKind.LegalHold, "a case", "somebody"), Stop);
        var loop = (BackgroundLoop)server.Services.GetServices<IHostedService>().OfType<RetainEvents>().Single();
        (await LagAsync(server)).ShouldBeGreaterThan(24);

        await loop.RunOnceAsync(Stop);

        (await TimelineEntries.WrittenAsync(server, session)).Select(row => row.Type).Order().ShouldBe(
            new[] { "debug-1", "debug-6", "error-1", "error-29", "error-32", "error-6", "error-89", "error-9", "event-1", "event-29", "event-6", "event-9" });
        (await TimelineEntries.WrittenAsync(server, pinned)).Count.ShouldBe(24);
        (await server.Database.QueryFirstOrDefaultAsync<int>(DataScope.System, "SELECT count(*)::int FROM pg_class WHERE relname LIKE 'detached_events_%'", null, Stop)).ShouldBe(0);
        (await LagAsync(server)).ShouldBe(0);
        server.Services.GetServices<IRetained>().OfType<ThreeBatches>().Single().Calls.ShouldBeGreaterThanOrEqualTo(4);

        await server.Services.GetRequiredService<ISessionPins>().UnpinAsync(Organization, [pinned], PinKind.LegalHold, Stop);
        await loop.RunOnceAsync(Stop);
        (await TimelineEntries.WrittenAsync(server, pinned)).Count.ShouldBe(12);
    }

    [Fact]
    public async Task Another_organizations_session_cannot_be_pinned()
    {
        await using var server = await AccountsServer.StartAsync();
        var session = Guid.CreateVersion7();
        await TimelineEntries.AppendAsync(server, TimelineEntries.Of(Organization, session));

        (await server.Services.GetRequiredService<ISessionPins>().PinAsync(Guid.CreateVersion7(), [session], new SessionPin(PinKind.Pin, "mine", "a stranger"), Stop)).ShouldBe(0);
    }

    private static async Task<double> LagAsync(AccountsServer server) =>
        (await server.Services.GetServices<IGaugeSource>().OfType<RetentionLag>().Single().ReadAsync(Stop)).Single().Value;

    private sealed class ThreeBatches : IRetained
    {
        private int _calls;

        public int Calls => _calls;

        public Task<int> DeleteBatchAsync(RetentionCutoffs cutoffs, CancellationToken cancellationToken) =>
            Task.FromResult(Interlocked.Increment(ref _calls) % 4 == 0 ? 0 : 10);
    }
}
