using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Host.Server.Demo;
using Evenkeel.Platform.Health;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Host;

public sealed class HealthTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_public_is_told_one_word_and_an_administrator_every_part_with_its_fix()
    {
        await using var server = await TestServer.StartAsync(customize: services => services.AddSingleton<IHealthContributor>(new Part(Broken)));
        var account = await server.RegisterAsync();

        var details = await ReadAsync(account.Http);
        details["status"]!.GetValue<string>().ShouldBe("degraded");
        var broken = details["checks"]!.AsArray().Single(check => check!["name"]!.GetValue<string>() == "wheel")!;
        broken["hint"]!.GetValue<string>().ShouldBe("Mend it.");
        broken["details"]!["spokes"]!.GetValue<int>().ShouldBe(3);
        details["checks"]!.AsArray().ShouldContain(check => check!["name"]!.GetValue<string>() == "database");

        await Eventually.HoldAsync("the first look", async () => (await ReadAsync(server.Http)).ToJsonString() == """{"status":"degraded"}""");
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "not.a.token");
        (await ReadAsync(server.Http)).ToJsonString().ShouldBe("""{"status":"degraded"}""");
    }

    [Fact]
    public async Task Of_a_server_that_strangers_register_on_only_the_first_organization_sees_how_it_is()
    {
        await using var server = await TestServer.StartAsync(new() { ["Accounts:Operators"] = "FirstOrganization" });
        var first = await server.RegisterAsync();
        var stranger = await server.RegisterAsync();

        (first.SignedIn.IsOperator, stranger.SignedIn.IsOperator).ShouldBe((true, false));
        (await first.GetAsync<Identity>("/auth/me")).IsOperator.ShouldBeTrue();
        (await stranger.GetAsync<Identity>("/auth/me")).IsOperator.ShouldBeFalse();
        (await ReadAsync(first.Http)).ContainsKey("checks").ShouldBeTrue();
        (await ReadAsync(stranger.Http)).ContainsKey("checks").ShouldBeFalse();
        using var metrics = await first.Http.GetAsync(new Uri("/metrics", UriKind.Relative), Stop);
        using var refused = await stranger.Http.GetAsync(new Uri("/metrics", UriKind.Relative), Stop);
        (metrics.StatusCode, refused.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task Beside_the_demo_account_the_first_organization_of_people_runs_the_server_too()
    {
        await using var server = await TestServer.StartAsync(new() { ["Accounts:Operators"] = "FirstOrganization" });
        var said = await DemoAccount.EnsureAsync(server.Address, server.DataDirectory, server.Services, Stop);
        var first = await server.RegisterAsync();
        var stranger = await server.RegisterAsync();
        var words = said.Split(' ', '\n');
        using var demo = await server.Http.PostAsJsonAsync(
            "/auth/login", new LoginRequest { Email = words[Array.IndexOf(words, "as") + 1], Password = words[Array.IndexOf(words, "password") + 1] }, Wire.Json, Stop);

        (await demo.ReadAsync<SignedInResponse>(HttpStatusCode.OK)).IsOperator.ShouldBeTrue();
        (first.SignedIn.IsOperator, stranger.SignedIn.IsOperator).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_part_that_fails_or_hangs_is_named_and_keeps_nobody_waiting()
    {
        await using var server = await TestServer.StartAsync(customize: services => services
            .AddSingleton<IHealthContributor>(new Part(_ => throw new InvalidOperationException("hunter2")))
            .AddSingleton<IHealthContributor>(new Part(_ => new TaskCompletionSource<IReadOnlyList<HealthCheck>>().Task)));
        var account = await server.RegisterAsync();

        var details = (await ReadAsync(account.Http)).ToJsonString();

        details.ShouldContain("InvalidOperationException");
        details.ShouldContain("no answer within 3 s");
        details.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Only_the_database_makes_the_server_unavailable()
    {
        await using var server = await TestServer.StartAsync(customize: services =>
            services.AddSingleton<IHealthContributor>(new Part(_ => Task.FromResult<IReadOnlyList<HealthCheck>>([new("wheel", HealthStatus.Unavailable, "gone", "Mend it.")]))));
        var account = await server.RegisterAsync();

        (await ReadAsync(account.Http))["status"]!.GetValue<string>().ShouldBe("degraded");
    }

    private static Task<IReadOnlyList<HealthCheck>> Broken(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HealthCheck>>(
            [HealthCheck.Degraded("wheel", "broken", "Mend it.") with { Details = new Dictionary<string, object?> { ["spokes"] = 3 } }]);

    private static async Task<JsonObject> ReadAsync(HttpClient http)
    {
        using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!.AsObject();
    }

    private sealed class Part(Func<CancellationToken, Task<IReadOnlyList<HealthCheck>>> look) : IHealthContributor
    {
        public string Name => "wheel";

        public Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken) => look(cancellationToken);
    }
}
