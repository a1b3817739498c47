using Evenkeel.Chat;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Telemetry;

/// <summary><c>evenkeel workers ping</c>.</summary>
public sealed class WorkersPingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_that_works_answers_and_one_that_only_has_a_row_does_not()
    {
        await using var server = await TestServer.StartAsync();
        await (await server.RegisterAsync()).AskAsync("What is Evenkeel?");
        var ping = server.Services.GetRequiredService<IWorkerPing>();

        (await ping.RunAsync(TimeSpan.FromSeconds(30), Stop)).ShouldHaveSingleItem().Answer.ShouldNotBeNull();

        var hangs = await server.Database.LookAsync<Guid>("INSERT INTO workers (id, started_at, seen_at) VALUES (gen_random_uuid(), now(), now()) RETURNING id");
        var workers = await ping.RunAsync(TimeSpan.FromSeconds(3), Stop);
        workers.Count.ShouldBe(2);
        workers.Single(worker => worker.Id == hangs).Answer.ShouldBeNull();
    }

    [Fact]
    public async Task The_verb_tells_by_its_exit_code_whether_all_answered()
    {
        await using var server = await TestServer.StartAsync();
        await (await server.RegisterAsync()).AskAsync("What is Evenkeel?");
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Evenkeel"] = server.Database.ApplicationConnectionString, ["Database:Migrate"] = "false", ["Data:Directory"] = TestFolder.New("data"),
        };

        var (exitCode, output) = await EvenkeelProgram.RunAsync(["workers", "ping", "--timeout", "30"], settings);
        output.ShouldContain(" ms");
        exitCode.ShouldBe(0, output);
        var (_, json) = await EvenkeelProgram.RunAsync(["workers", "ping", "--timeout", "30", "--json"], settings);
        json.ShouldContain("\"is_alive\":true");

        await server.Database.LookAsync<Guid>("INSERT INTO workers (id, started_at, seen_at) VALUES (gen_random_uuid(), now(), now()) RETURNING id");
        (exitCode, output) = await EvenkeelProgram.RunAsync(["workers", "ping", "--timeout", "2"], settings);
        exitCode.ShouldBe(1, output);
        output.ShouldContain("none");
        (await EvenkeelProgram.RunAsync(["workers", "ping", "--timeout", "-1"], settings)).ExitCode.ShouldBe(2);
    }
}
