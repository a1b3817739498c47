using Evenkeel.Faults.Processes;
using Evenkeel.Faults.Proxy;

namespace Evenkeel.Faults.Runs;

/// <summary>Makes a plan's fault happen in a world: by a rule at a call, or in the middle of an answer.</summary>
internal sealed class FaultAim(FaultWorld world, FaultPlan plan)
{
    /// <summary>Waits at the plan's call, in whichever process it is made; null when the plan is about the middle of an answer.</summary>
    public Rule? Arm()
    {
        if (InterventionOf(plan) is not { } intervention)
        {
            return null;
        }

        // The timeline is also written along with sends and ends: its own mark means its own call.
        var rule = new Rule(call => plan.Mark == Marks.Timeline ? call.Marks == Marks.Timeline : call.Marks.HasFlag(plan.Mark), intervention, plan.Nth);
        foreach (var node in world.Nodes)
        {
            node.Proxy!.Arm(rule);
        }

        return rule;
    }

    /// <summary>The fault of a plan without a call.</summary>
    /// <param name="runner">The process that runs the turn.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StrikeAsync(Node runner, CancellationToken cancellationToken)
    {
        switch (plan.Kind)
        {
            case FaultKind.KillStreaming:
                runner.Kill();
                break;
            case FaultKind.FreezeStreaming:
                runner.Freeze();
                break;
            case FaultKind.DatabaseKillStreaming:
                world.Cluster.Kill();
                break;
            case FaultKind.DatabaseSessionKill:
                await world.Cluster.KillSessionAsync(cancellationToken);
                break;
            case FaultKind.CutEverything:
                world.Nodes.ToList().ForEach(node => node.Proxy!.CutAll());
                break;
            case FaultKind.ClockForward or FaultKind.ClockBack:
                world.Clock!.Jump(plan.Jump);
                break;
            case FaultKind.Shutdown:
                await runner.AskToStopAsync(cancellationToken);
                break;
            case FaultKind.BrokerKillStreaming:
                world.Broker!.Kill();
                break;
            case FaultKind.BrokerFreezeStreaming:
                world.Broker!.Freeze();
                break;
            case FaultKind.BrokerCutStreaming:
                world.BrokerRelay!.CutAll();
                break;
        }
    }

    private Intervention? InterventionOf(FaultPlan chosen) => chosen.Kind switch
    {
        FaultKind.KillBeforeCall => Killing(Moment.BeforeCall),
        FaultKind.KillBeforeCommit => Killing(Moment.BeforeCommit),
        FaultKind.KillAfterCommit => Killing(Moment.AfterCommit),
        FaultKind.FreezeBeforeCall => Freezing(Moment.BeforeCall),
        FaultKind.FreezeBeforeCommit => Freezing(Moment.BeforeCommit),
        FaultKind.FreezeAfterCommit => Freezing(Moment.AfterCommit),
        FaultKind.DatabaseKillBeforeCall => Beside(Moment.BeforeCall, world.Cluster.Kill),
        FaultKind.DatabaseKillBeforeCommit => Beside(Moment.BeforeCommit, world.Cluster.Kill),
        FaultKind.DatabaseKillAfterCommit => Beside(Moment.AfterCommit, world.Cluster.Kill),
        FaultKind.DatabaseRestart => Beside(AroundCommit(chosen), world.Cluster.RestartImmediately),
        FaultKind.BrokerKill => Beside(AroundCommit(chosen), world.Broker!.Kill),
        FaultKind.BrokerFreeze => Beside(AroundCommit(chosen), world.Broker!.Freeze),
        FaultKind.BrokerCut => Beside(AroundCommit(chosen), world.BrokerRelay!.CutAll),
        FaultKind.CallFails => new Fail(chosen.SqlState),
        FaultKind.CutRequest => new CutRequest(chosen.Part),
        FaultKind.CutAnswer => new CutAnswer(chosen.Part),
        FaultKind.SlowCall => new Delay(TimeSpan.FromSeconds(0.2 + chosen.Part)),
        _ => null,
    };

    private Act Killing(Moment moment) => new(moment, call => Do(() => NodeOf(call).Kill()), IsLost: true);

    private Act Freezing(Moment moment) => new(moment, call => Do(() => NodeOf(call).Freeze()), IsLost: false);

    private static Moment AroundCommit(FaultPlan chosen) => chosen.Part < 0.5 ? Moment.BeforeCommit : Moment.AfterCommit;

    /// <summary>Something that is not the process that calls.</summary>
    private static Act Beside(Moment moment, Action act) => new(moment, _ => Do(act), IsLost: false);

    private Node NodeOf(Call call) => world.Nodes.First(node => node.Name == call.Client);

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
