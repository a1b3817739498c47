using System.Diagnostics;
using Evenkeel.Faults.Checking;

namespace Evenkeel.Faults.Runs;

/// <summary>After the last fault: watches turns end, indicators clear, and each conversation answer once more.</summary>
internal sealed class AwaitRecovery(IReadOnlyList<Conversation> conversations, TimeSpan bound)
{
    private readonly long _faultsEnded = Stopwatch.GetTimestamp();

    public async Task<RunProgress> RunAsync(CancellationToken cancellationToken)
    {
        var watched = await Task.WhenAll(conversations.Select(conversation => WatchAsync(conversation, cancellationToken)));
        return new RunProgress
        {
            Ends = [.. watched.Select(one => one.End)],
            Clears = [.. watched.SelectMany(one => one.Clears)],
            NextAnswers = [.. watched.Select(one => one.Next)],
        };
    }

    private async Task<(Awaited End, IReadOnlyList<Awaited> Clears, Awaited Next)> WatchAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(bound);
        var end = await TimeAsync($"the end of {conversation.Name}", () => conversation.UntilIdleAsync(patience.Token), patience.Token);
        var next = await TimeAsync($"the next answer in {conversation.Name}", () => AskOnceMoreAsync(conversation, patience.Token), patience.Token);
        var clears = await ClearsAsync(conversation, patience.Token);
        return (end, clears, next);
    }

    private static async Task AskOnceMoreAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        var sent = await conversation.SendAsync(false, cancellationToken);
        await conversation.AnswerAsync(sent.TurnId, cancellationToken);
    }

    private async Task<IReadOnlyList<Awaited>> ClearsAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        var clears = new List<Awaited>();
        if (cancellationToken.IsCancellationRequested)
        {
            return [new($"every screen of {conversation.Name}", null)];
        }

        var newest = (await conversation.Client.LoadAsync(cancellationToken)).LastSeq;
        foreach (var (device, number) in conversation.Devices.Select((device, number) => (device, number)))
        {
            var isClear = await device.WaitUntilAsync(state => state.LastSeq >= newest && !state.ShowsTyping, cancellationToken);
            clears.Add(new Awaited($"{conversation.Name} screen {number}", isClear ? Stopwatch.GetElapsedTime(_faultsEnded) : null));
        }

        return clears;
    }

    private async Task<Awaited> TimeAsync(string what, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
            return new Awaited(what, Stopwatch.GetElapsedTime(_faultsEnded));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new Awaited(what, null);
        }
    }
}
