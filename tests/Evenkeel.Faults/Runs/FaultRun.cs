using System.Diagnostics;
using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Checking;
using Evenkeel.Faults.Clients;
using Evenkeel.Faults.Processes;
using Evenkeel.Faults.Proxy;

namespace Evenkeel.Faults.Runs;

/// <summary>
/// One run: people talk, one fault strikes, everything is mended, and then it is judged what is stored and shown (safety) and whether it all went
/// on (liveness). One answer is held in its middle until the fault has struck, so that there is always a turn under way.
/// </summary>
public sealed class FaultRun(FaultWorld world, Person person, FaultPlan plan, TimeSpan bound)
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan BeyondLease = FaultWorld.Lease + TimeSpan.FromSeconds(1.6);
    private static readonly TimeSpan MendPatience = TimeSpan.FromMinutes(3);

    private readonly RunNotes _notes = new();
    private readonly ScriptedAnswers _answers = new(world.Model);
    private readonly FaultAim _aim = new(world, plan);
    private readonly Random _whims = new(plan.Whims);
    private readonly long _started = Stopwatch.GetTimestamp();
    private Action<TimeSpan> _havePatience = _ => { };
    private Rule? _rule;
    private bool _hasStruck;

    private TimeSpan Patience => bound * 2 + BeyondLease;

    private bool IsHit => _rule?.Fired.IsCompletedSuccessfully ?? _hasStruck;

    /// <summary>Runs it to its judgement.</summary>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        world.Model.Reset();
        // Nobody is asked to send for ever: what is not accepted by then is a conversation that is blocked.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _havePatience = patience.CancelAfter;
        _havePatience(Patience);
        var conversations = Enumerable.Range(0, plan.Conversations)
            .Select(number => NewConversation($"run{plan.Seed} c{number}")).ToList();
        try
        {
            // A broker that nobody has found yet is missed by nobody.
            await world.WaitUntilConnectedAsync(patience.Token);
            await TalkAsync(conversations, patience.Token);
            var progress = await new AwaitRecovery(conversations, bound).RunAsync(patience.Token);
            if (world.Broker is { IsAway: true })
            {
                // All that went on without it. Now it is back, and much of what it brings is old.
                await MendAsync(world.EnsureRunningAsync, patience.Token);
                progress = progress.And(await new AwaitRecovery(conversations, bound).RunAsync(patience.Token));
            }

            return await JudgeAsync(conversations, progress, cancellationToken);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Result([], [new Violation("every request is answered in the end", exception.StackTrace ?? exception.Message)], conversations);
        }
        finally
        {
            await patience.CancelAsync();
            foreach (var conversation in conversations)
            {
                await conversation.DisposeAsync();
            }
        }
    }

    /// <summary>Text that comes over a broker is kept for nobody: a piece may be lost, or the database be faster with the whole answer.</summary>
    private Conversation NewConversation(string name) => new(world, person, _notes, _answers, name) { LiveTextMayBeCut = world.Broker is not null };

    private async Task TalkAsync(List<Conversation> conversations, CancellationToken cancellationToken)
    {
        if (plan.IsEarly)
        {
            _rule = _aim.Arm();
        }

        var talks = conversations.Skip(1).Select(conversation => ChatAsync(conversation, plan.Whims, cancellationToken)).ToList();
        talks.Add(FocusAsync(conversations[0], cancellationToken));
        var all = Task.WhenAll(talks);
        // A fault may strike while clients ask and ask: it has to be mended for them to go on.
        await Task.WhenAny(all, StruckAsync(cancellationToken), Task.Delay(LongestHold * 4, cancellationToken));
        if (!all.IsCompleted)
        {
            await MendAsync(MendAllAsync, cancellationToken);
        }

        await all;
        // What was sent may still be about to meet the fault.
        var idle = Task.WhenAll(conversations.Select(conversation => conversation.UntilIdleAsync(cancellationToken)));
        await Task.WhenAny(idle, StruckAsync(cancellationToken), Task.Delay(LongestHold, cancellationToken));
        world.Clock?.Jump(TimeSpan.Zero);
        await MendAsync(MendAllAsync, cancellationToken);
    }

    /// <summary>The conversation that the fault is aimed at: an answer held in its middle, and around it what makes the plan's call happen.</summary>
    private async Task FocusAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        var isTwice = plan.Kind == FaultKind.Duplicates || plan.Mark == Marks.FindRepeated;
        var first = await conversation.SendAsync(isTwice, cancellationToken);
        if (!plan.IsEarly)
        {
            await conversation.AnswerAsync(first.TurnId, cancellationToken);
            _rule = _aim.Arm();
        }

        var question = conversation.NextQuestion(out var gate, plan.TokensBefore, plan.Stumbles);
        var sent = await conversation.SendAsync(isTwice, cancellationToken, question);
        await Task.WhenAny(gate!.WaitUntilHeldAsync(cancellationToken), StruckAsync(cancellationToken), Task.Delay(LongestHold, cancellationToken));
        await Provoke.RunAsync(world, plan, conversation, sent, cancellationToken);
        if (_rule is null && await world.WorkerOfAsync(sent.TurnId, cancellationToken) is { } runner)
        {
            await _aim.StrikeAsync(runner, cancellationToken);
            _hasStruck = true;
        }

        if (_rule is not null && IsMadeBesideAnAnswer(plan.Mark))
        {
            await Task.WhenAny(StruckAsync(cancellationToken), Task.Delay(LongestHold, cancellationToken));
        }

        if (world.Nodes.Any(node => node.IsFrozen))
        {
            // What it holds is taken by another, who answers; only then it goes on as if nothing had been.
            await Task.Delay(BeyondLease, cancellationToken);
        }

        gate.Release();
        for (var message = 1; message < plan.Messages; message++)
        {
            await conversation.SendAsync(isTwice, cancellationToken);
        }

        if (plan.Mark == Marks.Regenerate)
        {
            await RegenerateAsync(conversation, cancellationToken);
        }
    }

    /// <summary>Other people at the same time, with whims.</summary>
    private async Task ChatAsync(Conversation conversation, int whims, CancellationToken cancellationToken)
    {
        var random = new Random(whims);
        SendMessageResponse? newest = null;
        for (var message = 0; message < plan.Messages; message++)
        {
            newest = await conversation.SendAsync(plan.Kind == FaultKind.Duplicates || random.Next(4) == 0, cancellationToken);
            if (random.Next(4) == 0)
            {
                await conversation.Client.StopAsync(newest.TurnId, cancellationToken);
            }

            if (random.Next(4) == 0)
            {
                conversation.Devices[0].Drop();
            }
        }

        if (random.Next(4) == 0)
        {
            await RegenerateAsync(conversation, cancellationToken);
        }
    }

    private static async Task RegenerateAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await conversation.Client.LoadAsync(cancellationToken);
            if (page.RunningTurnId is null && page.Items[^1].Role == "assistant")
            {
                await conversation.Client.RegenerateAsync(page.Items[^1].Id, cancellationToken);
                return;
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    private async Task StruckAsync(CancellationToken cancellationToken)
    {
        while (!IsHit)
        {
            await (_rule is { } rule ? Task.WhenAny(rule.Fired, Task.Delay(100, cancellationToken)) : Task.Delay(20, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task MendAllAsync(CancellationToken cancellationToken)
    {
        if (world.Nodes.Any(node => node.IsFrozen))
        {
            await Task.Delay(BeyondLease, cancellationToken);
        }

        if (world.Broker is { IsAway: true } && plan.BrokerAway is { } away)
        {
            await Task.Delay(away, cancellationToken);
            await world.Broker.EnsureRunningAsync(cancellationToken);
        }

        await world.EnsureRunningWithoutBrokerAsync(cancellationToken);
    }

    /// <summary>The time that a broker or a process takes to start on a busy machine is not the conversations'.</summary>
    private async Task MendAsync(Func<CancellationToken, Task> mendAsync, CancellationToken cancellationToken)
    {
        _havePatience(MendPatience);
        await mendAsync(cancellationToken);
        _havePatience(Patience);
    }

    private static bool IsMadeBesideAnAnswer(Marks mark) =>
        mark is Marks.RenewLease or Marks.LookForStops or Marks.Recover or Marks.Timeline or Marks.Resume or Marks.Snapshot or Marks.SessionLock
            or Marks.RegisterWorker or Marks.HandBack or Marks.Release;

    private async Task<RunResult> JudgeAsync(List<Conversation> conversations, RunProgress progress, CancellationToken cancellationToken)
    {
        var screens = new List<ShownConversation>();
        foreach (var conversation in conversations)
        {
            var fresh = ShownThread.TextOf(await conversation.Client.LoadAsync(cancellationToken));
            screens.AddRange(conversation.Devices.Select((device, number) => new ShownConversation($"{conversation.Name} screen {number}", device.Text, fresh, device.Problems)));
        }

        var history = await ReadHistory.RunAsync(world.Cluster, _notes, cancellationToken);
        return Result(
            SafetyChecker.Check(history with { Screens = screens, Answers = _answers.All }), LivenessChecker.Check(progress, bound), conversations);
    }

    private RunResult Result(IReadOnlyList<Violation> safety, IReadOnlyList<Violation> liveness, List<Conversation> conversations) => new()
    {
        Plan = plan,
        IsHit = IsHit || plan.Kind == FaultKind.Duplicates,
        Safety = safety,
        Liveness = liveness,
        Duration = Stopwatch.GetElapsedTime(_started),
        Trace = safety.Count + liveness.Count == 0 ? "" : RunTrace.Of(world, conversations),
    };
}
