using System.Text;
using System.Text.Json;
using Evenkeel.Contracts.Frames;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Realtime;

/// <summary>Clients that come and go at random while turns run: the rows of the thread and what a client has must be the same, always.</summary>
public sealed class ResumeSoakTests
{
    private const int Turns = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_client_that_drops_and_resumes_at_random_ends_with_the_same_state_as_the_server(int seed)
    {
        await using var server = await RealtimeServer.StartAsync(("DeltaIntervalMilliseconds", "1"));
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        var yields = new Random(seed);
        server.Threads.BeforeRead = async () =>
        {
            for (var count = yields.Next(5); count > 0; count--)
            {
                await Task.Yield();
            }
        };
        var clients = Enumerable.Range(0, 4).Select(number => RunClientAsync(server, thread, new Random((seed * 10) + number))).ToList();
        await RunTurnsAsync(server, thread, new Random(seed));

        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    /// <summary>Question, then an answer in pieces, sometimes reset, sometimes published late or in the wrong order.</summary>
    private static async Task RunTurnsAsync(RealtimeServer server, Guid thread, Random random)
    {
        for (var number = 0; number < Turns; number++)
        {
            var (turn, cid) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var question = server.Threads.Commit(thread, turn, $"question {number}", "user");
            var isLate = random.Next(5) == 0;
            if (!isLate)
            {
                server.Broadcast.PublishDurable(thread, question, question.Seq);
            }

            server.Broadcast.TurnStatus(thread, new ChatStatusFrame { Event = StatusEvent.Typing, TurnId = turn, Cid = cid });
            var text = await AnswerAsync(server, thread, (turn, cid), random);
            var answer = server.Threads.Commit(thread, turn, text);
            await PauseAsync(server, random);
            server.Broadcast.PublishDurable(thread, answer, answer.Seq);
            if (isLate)
            {
                server.Broadcast.PublishDurable(thread, question, question.Seq);
            }

            await PauseAsync(server, random);
            server.Broadcast.TurnEnded(thread, turn, cid);
        }
    }

    private static async Task<string> AnswerAsync(RealtimeServer server, Guid thread, (Guid Turn, Guid Cid) turn, Random random)
    {
        var text = new StringBuilder();
        var attempt = 1;
        for (var piece = random.Next(1, 12); piece > 0; piece--)
        {
            var token = $"{attempt}:{piece} 漢😀 ";
            text.Append(token);
            server.Broadcast.Delta(thread, turn.Turn, turn.Cid, attempt, "model", token);
            await PauseAsync(server, random);
            if (random.Next(15) == 0)
            {
                text.Clear();
                server.Broadcast.Reset(thread, turn.Turn, turn.Cid, ++attempt, "llm_unavailable");
            }
        }

        return text.ToString();
    }

    private static async Task PauseAsync(RealtimeServer server, Random random)
    {
        if (random.Next(2) == 0)
        {
            server.Time.Advance(TimeSpan.FromMilliseconds(15));
        }

        for (var count = random.Next(20); count > 0; count--)
        {
            await Task.Yield();
        }
    }

    private static async Task RunClientAsync(RealtimeServer server, Guid thread, Random random)
    {
        var state = new ClientState();
        while (state.LastSeq < Turns * 2)
        {
            await using var client = await server.ConnectAsync(thread, state.LastSeq);
            state.Asked(again: false);
            for (var frames = random.Next(1, 60); frames > 0 && state.LastSeq < Turns * 2; frames--)
            {
                state.Apply((await client.ReadAsync())!.Value);
                if (random.Next(25) == 0)
                {
                    state.Asked(again: true);
                    await client.SendAsync(new { type = "resume", after_seq = state.LastSeq });
                }
            }

            client.Drop();
        }
    }

    /// <summary>What the contract asks of a client, and nothing cleverer.</summary>
    private sealed class ClientState
    {
        private readonly Dictionary<string, (long Attempt, string Text)> _live = [];
        private readonly Queue<long> _asked = [];
        private bool _sawGreeting;

        public long LastSeq { get; private set; }

        /// <summary>Frames that were on their way when a resume was asked for come again after its greeting.</summary>
        public void Asked(bool again)
        {
            if (!again)
            {
                _asked.Clear();
            }

            _asked.Enqueue(LastSeq);
        }

        public void Apply(JsonElement frame)
        {
            switch (frame.Type())
            {
                case "chat_status" when frame.Text("event") == "connected":
                    frame.GetProperty("recovered").GetBoolean().ShouldBeTrue();
                    _live.Clear();
                    LastSeq = _asked.Dequeue();
                    _sawGreeting = true;
                    break;
                case "chat_message":
                    frame.Number("seq").ShouldBe(LastSeq + 1, "a durable frame was lost, repeated or out of order");
                    LastSeq++;
                    CheckText(frame);
                    break;
                case "chat_delta":
                    Append(frame);
                    break;
                case "chat_reset":
                    _live[frame.Text("turn_id")] = (frame.Number("attempt"), "");
                    break;
            }

            _sawGreeting.ShouldBeTrue();
        }

        /// <summary>What was shown when the answer came is a beginning of it, never anything else.</summary>
        private void CheckText(JsonElement frame)
        {
            if (frame.Text("role") == "assistant" && _live.Remove(frame.Text("turn_id"), out var shown))
            {
                frame.Text("text").ShouldStartWith(shown.Text);
            }
        }

        private void Append(JsonElement frame)
        {
            var turn = frame.Text("turn_id");
            var (attempt, text) = _live.GetValueOrDefault(turn, (0, ""));
            frame.Number("attempt").ShouldBeGreaterThanOrEqualTo(attempt);
            text = frame.Number("attempt") > attempt ? "" : text;
            frame.Number("offset").ShouldBe(text.Length, "a delta left a hole or came twice");
            _live[turn] = (frame.Number("attempt"), text + frame.Text("token"));
        }
    }
}
