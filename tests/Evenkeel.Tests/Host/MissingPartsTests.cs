using System.Text.Json.Nodes;
using Evenkeel.Contracts.Chats;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Host;

/// <summary>A part that is taken away is named with its fix, in the log and in the health report, and turns go on. Models, moderation and the broker have tests of their own.</summary>
public sealed class MissingPartsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Web_pages_that_vanish_are_named_and_turns_go_on()
    {
        var pages = TestFolder.New("pages");
        TestFolder.Create(pages);
        var index = Path.Combine(pages, "index.html");
        await File.WriteAllTextAsync(index, "the application", Stop);
        await using var server = await TestServer.StartAsync(new() { ["WebDirectory"] = pages });
        var account = await server.RegisterAsync();
        (await CheckAsync(account, "web_pages"))["status"]!.GetValue<string>().ShouldBe("ok");

        File.Delete(index);

        await IsDegradedAsync(account, "web_pages", "./run");
        await TurnsGoOnAsync(account);
    }

    [Fact]
    public async Task A_disk_that_fills_is_named_at_start_and_turns_go_on()
    {
        using var capture = new TelemetryCapture();
        await using var server = await TestServer.StartAsync(
            new() { ["Health:LeastFreeMegabytes"] = "2000000000", ["Logging:LogLevel:Default"] = "Information" }, services => services.AddLogging(logging => logging.AddProvider(capture)));
        var account = await server.RegisterAsync();

        await IsDegradedAsync(account, "data_folder", "Free some space");
        await Eventually.HoldAsync("the start report", () => Task.FromResult(capture.Lines.Any(line =>
            line.Event == "part_degraded" && line.Message.Contains("data_folder is degraded", StringComparison.Ordinal) && line.Message.Contains("Free some space", StringComparison.Ordinal))));
        await TurnsGoOnAsync(account);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_named_and_turns_go_on()
    {
        await using var server = await TestServer.StartAsync(customize: services => services.AddSingleton<TimeProvider>(new WrongTime()));
        var account = await server.RegisterAsync();

        await IsDegradedAsync(account, "clock", "NTP");
        await TurnsGoOnAsync(account);
    }

    [Fact]
    public async Task Secrets_that_others_can_read_are_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        (await CheckAsync(account, "secret_files"))["status"]!.GetValue<string>().ShouldBe("ok");
        var file = Path.Combine(server.DataDirectory, "demo-account.txt");
        Directory.CreateDirectory(server.DataDirectory);
        await File.WriteAllTextAsync(file, "demo", Stop);
        TestFolder.MakeReadable(file);

        await IsDegradedAsync(account, "secret_files", $"chmod 600 {file}");
    }

    private static async Task IsDegradedAsync(TestAccount account, string name, string fix)
    {
        var check = await CheckAsync(account, name);
        check["status"]!.GetValue<string>().ShouldBe("degraded");
        check["hint"]!.GetValue<string>().ShouldContain(fix);
    }

    private static async Task TurnsGoOnAsync(TestAccount account) =>
        (await account.AskAsync("How do I resume a stream after a disconnect?")).Status.ShouldBe(MessageStatus.Complete);

    private static async Task<JsonNode> CheckAsync(TestAccount account, string name)
    {
        var report = JsonNode.Parse(await account.Http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Stop))!;
        return report["checks"]!.AsArray().Single(check => check!["name"]!.GetValue<string>() == name)!;
    }

    private sealed class WrongTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddSeconds(40);
    }
}
