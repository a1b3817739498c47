using Evenkeel.Faults.Checking;
using Evenkeel.Faults.Clients;
using Evenkeel.Faults.Processes;
using Evenkeel.Faults.Proxy;

namespace Evenkeel.Faults.Runs;

/// <summary>The n-th call of a turn goes wrong, for every n: from the send to the last event, whatever the calls are about.</summary>
public sealed class EveryCall(FaultWorld world, Person person, TimeSpan bound)
{
    /// <summary>Calls that one send and its answer make, polls between them included.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var most = 0L;
        for (var time = 0; time < 3; time++)
        {
            await using var conversation = new Conversation(world, person, new RunNotes(), new ScriptedAnswers(world.Model), $"count{time} c0");
            var before = world.Nodes.Sum(node => node.Proxy!.Calls);
            var sent = await conversation.SendAsync(false, cancellationToken);
            await conversation.AnswerAsync(sent.TurnId, cancellationToken);
            most = Math.Max(most, world.Nodes.Sum(node => node.Proxy!.Calls) - before);
        }

        return (int)most;
    }

    /// <summary>One run in which the n-th call goes wrong.</summary>
    public Task<RunResult> RunAsync(FaultKind kind, int nth, CancellationToken cancellationToken) =>
        new FaultRun(world, person, PlanOf(kind, nth), bound).RunAsync(cancellationToken);

    private static FaultPlan PlanOf(FaultKind kind, int nth) => FaultPlan.FromSeed(nth) with
    {
        World = WorldKind.Solo,
        Kind = kind,
        Mark = Marks.None,
        Nth = nth,
        Conversations = 1,
        Messages = 1,
        IsEarly = true,
        Stumbles = false,
    };
}
