using System.Diagnostics;
using Evenkeel.Bench.Clients;
using Evenkeel.Bench.Processes;
using Evenkeel.Bench.Turns;

namespace Evenkeel.Bench.Connections;

/// <summary>Whole turns of the real server in one conversation that many sockets watch.</summary>
/// <param name="FramesPerSecond">Frames × sockets per second, turn after turn.</param>
/// <param name="FramesPerTurn">Frames that each socket got of a turn.</param>
/// <param name="LastAnswerMs">From the question to the moment the last socket had the whole answer and <c>idle</c>, in the middle.</param>
internal sealed record TurnFanOutFigures(double FramesPerSecond, double FramesPerTurn, double LastAnswerMs);

/// <summary>Asks and waits until every socket has seen the end.</summary>
internal static class TurnFanOut
{
    private const int WarmUp = 5;
    private const double Seconds = 4;

    public static async Task<TurnFanOutFigures> OfAsync(EvenkeelProcess server, string token, int sockets)
    {
        using var client = await RawHttp.ConnectAsync(server.Address);
        var thread = await Conversation.StartAsync(client, server.Address, token);
        await Conversation.AllAnsweredAsync(server.Address, token, thread);
        var watchers = new List<Watcher>();
        for (var index = 0; index < sockets; index++)
        {
            watchers.Add(await Watcher.ConnectAsync(server.Address, token, thread));
        }

        await Task.Delay(TimeSpan.FromSeconds(1));
        await AskAsync(WarmUp);
        var (times, started) = (new List<double>(), Stopwatch.GetTimestamp());
        var before = watchers.Sum(watcher => watcher.Frames);
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < Seconds)
        {
            times.Add(await AskAsync(1));
        }

        var frames = watchers.Sum(watcher => watcher.Frames) - before;
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        watchers.ForEach(watcher => watcher.Dispose());
        return new TurnFanOutFigures(frames / seconds, (double)frames / times.Count / sockets, Medians.Of(times));

        async Task<double> AskAsync(int questions)
        {
            var asked = Stopwatch.GetTimestamp();
            for (var question = 0; question < questions; question++)
            {
                var ends = watchers.Select(watcher => Task.Run(watcher.TurnAsync)).ToArray();
                await Conversation.AskAsync(client, server.Address, token, thread);
                await Task.WhenAll(ends).WaitAsync(TimeSpan.FromSeconds(60));
            }

            return Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        }
    }

    /// <summary>One socket that follows a conversation and checks every answer.</summary>
    private sealed class Watcher(RawWebSocket socket, TurnFrames frames) : IDisposable
    {
        public long Frames { get; private set; }

        public static async Task<Watcher> ConnectAsync(Uri server, string token, Guid thread)
        {
            var socket = await RawWebSocket.ConnectAsync(server, $"/ws/chat/{thread}?after_seq=0", token);
            var watcher = new Watcher(socket, new TurnFrames(TurnsBenchmark.Answer));
            await watcher.ReadAsync(() => watcher.IsAnswered);
            return watcher;
        }

        private bool IsAnswered => frames.FinalAt != 0;

        public Task TurnAsync()
        {
            frames.StartTurn();
            return ReadAsync(() => frames.IsIdle);
        }

        public void Dispose() => socket.Dispose();

        private async Task ReadAsync(Func<bool> isEnough)
        {
            while (!isEnough())
            {
                frames.Take((await socket.ReadAsync()).Span, socket.ArrivedAt);
                Frames++;
            }
        }
    }
}
