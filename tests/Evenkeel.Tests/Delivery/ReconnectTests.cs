using System.Globalization;
using Evenkeel.Faults.Clients;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Delivery;

/// <summary>
/// Connections that drop and come back at random points. A failure names its seed: set EVENKEEL_TEST_SEED to it to play the same
/// choices again.
/// </summary>
public sealed class ReconnectTests(ITestOutputHelper output)
{
    private const int Conversations = 16;
    private const int TurnsPerConversation = 64;

    private static readonly string[] Texts =
    [
        "A short one.", "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich, und noch einmal von vorn.", "你好，世界。断线以后会自动恢复。",
        "😀 and 👩‍👩‍👧 are characters of several units 😀.", "Line one\nline two\n\n- a list\n- of things", "\"quoted\" \\ back </script> <b>bold</b>",
        string.Join(' ', Enumerable.Range(1, 40).Select(number => $"word{number}")),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_turns_over_connections_that_come_and_go_lose_and_repeat_nothing()
    {
        var given = Environment.GetEnvironmentVariable("EVENKEEL_TEST_SEED");
        var seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"EVENKEEL_TEST_SEED={seed}");
        await using var model = await ScriptedModelServer.StartAsync(new ScriptedModelOptions { RememberedRequests = 0 }, Stop);
        for (var kind = 0; kind < Texts.Length; kind++)
        {
            model.Play($"kind {kind}", new Behaviour { Kind = BehaviourKind.Delay, DelayMs = 1, Text = Texts[kind] });
        }

        await using var server = await ChatDriving.StartAsync(model, new()
        {
            ["Realtime:DeltaIntervalMilliseconds"] = "5",
            // A dropped stream counts until the server has noticed.
            ["Realtime:MaxConnectionsPerUser"] = "10000",
        });
        var account = await server.RegisterAsync();

        var followed = await Task.WhenAll(Enumerable.Range(0, Conversations).Select(number => ConverseAsync(server, account, new Random(seed + number))))
            .WaitAsync(TimeSpan.FromMinutes(3), Stop);

        followed.Sum().ShouldBeGreaterThan(Conversations * TurnsPerConversation / 4, "the test must have watched answers grow");
    }

    private static async Task<int> ConverseAsync(TestServer server, TestAccount account, Random random)
    {
        var first = await account.SendAsync("kind 0 begins the thread");
        var (thread, turn) = (first.ThreadId, first.TurnId);
        var state = new ShownThread(new() { Items = [], LastSeq = 0, Breaker = new() { State = "closed", Failures = 0 } });
        var connection = await ReconnectAsync();
        var framesLeft = random.Next(1, 60);
        for (var turns = 1; ; turns++)
        {
            while (!state.HasEnded(turn))
            {
                if (framesLeft-- == 0)
                {
                    await connection.DisposeAsync();
                    connection = await ReconnectAsync();
                    framesLeft = random.Next(1, 60);
                }

                state.Apply(await connection.ReadAsync());
            }

            if (turns == TurnsPerConversation)
            {
                break;
            }

            turn = (await account.SendAsync($"kind {random.Next(Texts.Length)} is what I want", thread)).TurnId;
            if (random.Next(10) == 0)
            {
                await account.StopAsync(thread, turn);
            }
        }

        var fresh = await account.MessagesAsync(thread);
        state.Text.ShouldBe(ShownThread.TextOf(fresh));
        fresh.Items.Count.ShouldBe(TurnsPerConversation * 2);
        await connection.DisposeAsync();
        return state.FollowedAnswers;

        async Task<StreamClient> ReconnectAsync()
        {
            state.Connected();
            return await StreamClient.ConnectAsync(server, account, thread, state.LastSeq, isSocket: random.Next(2) == 0);
        }
    }
}
