using Evenkeel.Chat.Turns;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat.Turns;

public sealed class RunningTurnTests
{
    [Fact]
    public void Interrupting_a_turn_that_has_just_ended_does_nothing()
    {
        var running = new RunningTurn(ATurn(), Guid.CreateVersion7());
        running.Dispose();

        Should.NotThrow(() => running.Interrupt(Interruption.Lost));
    }

    [Fact]
    public void The_first_reason_of_an_interruption_counts()
    {
        using var running = new RunningTurn(ATurn(), Guid.CreateVersion7());

        running.Interrupt(Interruption.Stop);
        running.Interrupt(Interruption.Shutdown);

        running.Interruption.ShouldBe(Interruption.Stop);
        running.Token.IsCancellationRequested.ShouldBeTrue();
    }

    private static Turn ATurn() => new()
    {
        Id = Guid.CreateVersion7(), OrganizationId = Guid.CreateVersion7(), ThreadId = Guid.CreateVersion7(), ChatbotId = Guid.CreateVersion7(),
        MessageId = Guid.CreateVersion7(), MessageSeq = 1, Question = "?", CorrelationId = Guid.CreateVersion7(), Language = "en",
        Attempt = 1, Losses = 0, QueuedAt = DateTimeOffset.UnixEpoch,
    };
}
