using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Accounts;

/// <summary>An answer: its status, its JSON and its headers.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonNode? Body, HttpResponseHeaders Headers)
{
    public string? ErrorCode => (string?)Body?["error_code"];

    public IEnumerable<string?> Fields => Body?["details"]?.AsArray().Select(detail => (string?)detail?["field"]) ?? [];

    public string Text(string member) => (string)Body![member]!;
}

/// <summary>A server that the tests of a class share, where none of them changes what others see.</summary>
public sealed class SharedAccountsServer : IAsyncLifetime
{
    internal AccountsServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await AccountsServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>A web node with a clock that the test moves, and short ways to talk to it.</summary>
internal sealed class AccountsServer : IAsyncDisposable
{
    public const string Password = TestAccount.Password;

    private readonly TestServer _server;
    private int _people;

    private AccountsServer(TestServer server, ManualClock clock) => (_server, Clock) = (server, clock);

    public HttpClient Http => _server.Http;

    public ManualClock Clock { get; }

    public Database Database => Services.GetRequiredService<Database>();

    public IServiceProvider Services => _server.Services;

    public string OwnerConnectionString => _server.Database.OwnerConnectionString;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<AccountsServer> StartAsync(params (string Name, string Value)[] settings) => StartAsync(_ => { }, settings);

    public static async Task<AccountsServer> StartAsync(Action<IServiceCollection> customize, params (string Name, string Value)[] settings)
    {
        var clock = new ManualClock();
        var all = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value, StringComparer.Ordinal);
        all.TryAdd("Roles", "web");
        var server = await TestServer.StartAsync(all, services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            customize(services);
        });
        return new AccountsServer(server, clock);
    }

    /// <summary>Registers somebody new.</summary>
    public async Task<SignedInResponse> RegisterAsync()
    {
        var answer = await PostAsync("/auth/register", new { email = $"person{Interlocked.Increment(ref _people)}@example.org", password = Password });
        answer.Status.ShouldBe(HttpStatusCode.Created);
        return answer.Body.Deserialize<SignedInResponse>(Wire.Json)!;
    }

    public Task<Answer> PostAsync(string path, object? body, string? token = null, string language = "en") =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: Wire.Json) }, token, language);

    public Task<Answer> GetAsync(string path, string? token = null) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), token, "en");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<Answer> SendAsync(HttpRequestMessage request, string? token, string language)
    {
        using (request)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var response = await Http.SendAsync(request, Stop);
            var text = await response.Content.ReadAsStringAsync(Stop);
            return new Answer(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers);
        }
    }
}
