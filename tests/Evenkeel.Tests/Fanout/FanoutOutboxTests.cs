using System.Diagnostics.Metrics;
using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Health;
using Evenkeel.Realtime;
using Evenkeel.Realtime.Fanout;
using Evenkeel.Realtime.Frames;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Fanout;

/// <summary>What a process does with its news while the broker is too slow or not there.</summary>
public sealed class FanoutOutboxTests
{
    private static readonly EncodedFrame Frame = EncodedFrame.Of(new ChatStatusFrame { Event = StatusEvent.Typing, TurnId = Guid.CreateVersion7() });

    [Fact]
    public async Task More_than_may_wait_is_dropped_and_counted_and_never_waited_for()
    {
        await using var server = await RealtimeServer.StartAsync();
        var metrics = server.Service<FanoutMetrics>();
        using var dropped = new DroppedCounter();
        var outbox = new FanoutOutbox(Options.Create(new FanoutOptions { Backend = "rabbitmq", RabbitMq = new RabbitMqOptions { MaxWaiting = 10 } }), metrics);
        outbox.Open();

        for (var number = 0; number < 15; number++)
        {
            outbox.Frame(Guid.Empty, Frame);
        }

        var waiting = 0;
        while (outbox.TryTake(out _))
        {
            waiting++;
        }

        (waiting, dropped.Full).ShouldBe((10, 5));
        outbox.TakeHasDropped().ShouldBeTrue("others are to be told");
        outbox.TakeHasDropped().ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_broker_nothing_waits()
    {
        await using var server = await RealtimeServer.StartAsync();
        using var dropped = new DroppedCounter();
        var outbox = new FanoutOutbox(Options.Create(new FanoutOptions { Backend = "rabbitmq" }), server.Service<FanoutMetrics>());

        outbox.Frame(Guid.Empty, Frame);
        outbox.Open();
        outbox.Frame(Guid.Empty, Frame);
        outbox.Close();

        outbox.TryTake(out _).ShouldBeFalse();
        dropped.Disconnected.ShouldBe(2);
    }

    [Fact]
    public async Task A_broker_that_is_missing_is_named_with_the_fix_while_turns_go_on()
    {
        var broker = new Dictionary<string, string?> { ["Fanout:Backend"] = "rabbitmq", ["Fanout:RabbitMq:Url"] = "amqp://guest:secret@127.0.0.1:1/" };
        await using var server = await TestServer.StartAsync(broker);

        var account = await server.RegisterAsync();
        await account.AnsweredAsync("hello");

        var health = server.Services.GetServices<IHealthContributor>().Single(part => part.Name == "broker");
        foreach (var asker in new[] { HealthAsker.Server, HealthAsker.Doctor })
        {
            var check = (await health.CheckAsync(asker, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
            check.Status.ShouldBe(HealthStatus.Degraded);
            check.Found.ShouldContain("127.0.0.1:1");
            check.Found.ShouldNotContain("secret");
            check.Hint!.ShouldContain("Fanout__RabbitMq__Url");
        }
    }

    [Theory]
    [InlineData("kafka", "amqp://localhost")]
    [InlineData("rabbitmq", "")]
    [InlineData("rabbitmq", "http://localhost:15672")]
    public async Task Settings_that_cannot_be_are_refused_at_start(string backend, string url)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(
            () => TestServer.StartAsync(new() { ["Fanout:Backend"] = backend, ["Fanout:RabbitMq:Url"] = url }));

        failure.Message.ShouldContain("Fanout");
    }

    /// <summary>Counts what this test's thread drops; other tests do not touch these outboxes' thread at that moment.</summary>
    private sealed class DroppedCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly int _thread = Environment.CurrentManagedThreadId;

        public DroppedCounter()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "evenkeel.fanout.dropped")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                if (Environment.CurrentManagedThreadId == _thread)
                {
                    Count((string)tags[0].Value!, (int)value);
                }
            });
            _listener.Start();
        }

        public int Full { get; private set; }

        public int Disconnected { get; private set; }

        public void Dispose() => _listener.Dispose();

        private void Count(string reason, int value) =>
            (Full, Disconnected) = reason == "full" ? (Full + value, Disconnected) : (Full, Disconnected + value);
    }
}
