using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Processes;
using Evenkeel.Faults.Proxy;

namespace Evenkeel.Faults.Runs;

/// <summary>Makes calls happen that only happen when somebody wants something.</summary>
internal static class Provoke
{
    /// <summary>Does what leads to the plan's call, while an answer is held.</summary>
    public static async Task RunAsync(FaultWorld world, FaultPlan plan, Conversation conversation, SendMessageResponse held, CancellationToken cancellationToken)
    {
        switch (plan.Mark)
        {
            case Marks.AskToStop:
                await conversation.Client.StopAsync(held.TurnId, cancellationToken);
                break;
            case Marks.CancelWaiting:
                var waiting = await conversation.SendAsync(false, cancellationToken);
                await conversation.Client.StopAsync(waiting.TurnId, cancellationToken);
                break;
            case Marks.HandBack when await world.WorkerOfAsync(held.TurnId, cancellationToken) is { } runner:
                await Task.WhenAny(runner.AskToStopAsync(cancellationToken), Task.Delay(TimeSpan.FromSeconds(2), cancellationToken));
                break;
            case Marks.SessionLock or Marks.RegisterWorker:
                world.Nodes.ToList().ForEach(node => node.Proxy!.CutAll());
                break;
            case Marks.Resume:
                conversation.Devices.ToList().ForEach(device => device.Drop());
                break;
            case Marks.Snapshot:
                await conversation.Client.LoadAsync(cancellationToken);
                break;
        }
    }
}
