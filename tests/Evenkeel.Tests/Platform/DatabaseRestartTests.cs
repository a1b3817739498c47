using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Platform;

/// <summary>PostgreSQL goes away under load: clients are told to wait, quickly, and nothing of the outage is left when it is back.</summary>
public sealed class DatabaseRestartTests
{
    private const int Clients = 8;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("QUIT")] // what pg_ctl -m immediate sends
    [InlineData("INT")] // pg_ctl -m fast
    [InlineData("KILL")]
    public async Task No_request_fails_once_the_database_is_back(string signal)
    {
        await using var server = await TestServer.StartAsync(new() { ["ConnectionStrings:Evenkeel"] = "" });
        server.ExpectErrors();
        var account = await server.RegisterAsync();
        var load = new Load(account);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() => load.RunAsync(client, end.Token), Stop)).ToArray();
        await Eventually.HoldAsync("some load", () => Task.FromResult(load.Answers.Count > 100));

        await SignalAsync(signal, Postmaster(server.DataDirectory));
        await Eventually.HoldAsync("the outage", () => Task.FromResult(load.Answers.Any(answer => answer.Status >= 500)));
        await Eventually.HoldAsync("a database that is back", async () => (await server.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop)).IsSuccessStatusCode);
        var back = Stopwatch.GetTimestamp();
        await Eventually.HoldAsync("load after it", () => Task.FromResult(load.Answers.Count(answer => answer.Started > back) > 300));
        await end.CancelAsync();
        await Task.WhenAll(clients);

        load.Answers.Where(answer => answer.Started > back && answer.Status >= 500).ShouldBeEmpty();
        var refused = load.Answers.Where(answer => answer.Status >= 400).ToArray();
        refused.ShouldAllBe(answer => answer.Status == 503 && answer.WaitSeconds > 0 && answer.Error!.Retryable && answer.Error.RetryAfterSeconds > 0);
        refused.Max(answer => answer.Took).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Stop);
    }

    private static int Postmaster(string folder)
    {
        var file = Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single();
        return int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
    }

    private sealed record Answer(long Started, TimeSpan Took, string What, int Status, double WaitSeconds, ErrorEnvelope? Error);

    /// <summary>People who read, write and send without pause.</summary>
    private sealed class Load(TestAccount account)
    {
        public ConcurrentQueue<Answer> Answers { get; } = new();

        public async Task RunAsync(int client, CancellationToken end)
        {
            for (var number = 0; !end.IsCancellationRequested; number++)
            {
                await AnswerAsync("list", account.Http.GetAsync(new Uri("/api/v1/threads?limit=5", UriKind.Relative), Stop));
                await AnswerAsync("bots", account.Http.GetAsync(new Uri("/api/v1/chatbots", UriKind.Relative), Stop));
                if (number % 10 == 0)
                {
                    await AnswerAsync("send", account.PostChatAsync($"Hello {client}", clientId: $"{client}-{number}"));
                }
            }
        }

        private async Task AnswerAsync(string what, Task<HttpResponseMessage> pending)
        {
            var started = Stopwatch.GetTimestamp();
            using var response = await pending;
            var error = response.IsSuccessStatusCode ? null : await response.Content.ReadFromJsonAsync<ErrorEnvelope>(Wire.Json, Stop);
            Answers.Enqueue(new Answer(
                started, Stopwatch.GetElapsedTime(started), what, (int)response.StatusCode, response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, error));
        }
    }
}
