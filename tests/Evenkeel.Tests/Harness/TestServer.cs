using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Host.Server;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Harness;

/// <summary>
/// The whole server on a port of its own, with a migrated database of its own. An error logged that the test did not expect fails the test
/// at disposal.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly bool _ownsDatabase;
    private readonly RunningServer _server;
    private readonly ErrorLog _errors;
    private TestServer(TestDatabase database, bool ownsDatabase, RunningServer server, ErrorLog errors)
    {
        (_database, _ownsDatabase, _server, _errors) = (database, ownsDatabase, server, errors);
        Http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Uri Address => _server.Address;

    public TestDatabase Database => _database;

    public IServiceProvider Services => _server.Services;

    /// <summary>Where its keys are: a second server that is to accept the same tokens needs the same.</summary>
    public string DataDirectory => _server.DataDirectory;

    /// <summary>A client without credentials.</summary>
    public HttpClient Http { get; }

    /// <summary>Call when the test provokes errors in the log.</summary>
    public void ExpectErrors() => _errors.Expected = true;

    /// <summary>Starts a server; settings are as in the environment, with <c>:</c> between parts.</summary>
    /// <param name="settings">Win over the harness's own.</param>
    /// <param name="customize">Replaces services, such as the clock.</param>
    /// <param name="database">Another server's database, to start a second server on it; left open at disposal.</param>
    public static async Task<TestServer> StartAsync(
        Dictionary<string, string?>? settings = null, Action<IServiceCollection>? customize = null, TestDatabase? database = null)
    {
        var own = database ?? await NewDatabaseAsync();
        var errors = new ErrorLog();
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Data:Directory"] = TestFolder.New("data"),
            ["ConnectionStrings:Evenkeel"] = own.ApplicationConnectionString,
            ["Database:Migrate"] = "false",
            ["Accounts:RegistrationsPerMinute"] = "100000",
            ["Accounts:Operators"] = "EveryOrganization",
            ["Chat:SendsPerMinute"] = "0",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        if (TestPooler.IsForced)
        {
            all["ConnectionStrings:Evenkeel"] = (await TestPooler.SharedAsync()).Through(own.ApplicationConnectionString);
            // Without sessions a lost worker is known by its lease only: short, and longer than a busy machine stands still.
            all["Chat:LeaseSeconds"] = "6";
        }

        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        var server = await RunningServer.StartAsync(all, TestContext.Current.CancellationToken, services =>
        {
            services.AddLogging(logging => logging.ClearProviders().AddProvider(errors));
            customize?.Invoke(services);
        });
        return new TestServer(own, database is null, server, errors);
    }

    /// <summary>A migrated database for nobody in particular.</summary>
    public static async Task<TestDatabase> NewDatabaseAsync() =>
        await TestDatabase.CreateDatabaseAsync(await TestDatabase.TemplateAsync("migrated", MigrateAsync));

    /// <summary>A new account: its own organization, and a chatbot that knows the user guide.</summary>
    public Task<TestAccount> RegisterAsync(string language = "en") => TestAccount.RegisterAsync(Address, language);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        if (_ownsDatabase)
        {
            await _database.DisposeAsync();
        }

        if (!_errors.Expected)
        {
            _errors.Lines.ShouldBeEmpty("the server logged errors that the test did not expect");
        }
    }

    private static Task MigrateAsync(TestDatabase database) =>
        new Migrator(database.OwnerConnectionString, ExternalPostgres.ApplicationRole, NullLogger.Instance)
            .RunAsync(Modules.Migrations, grantToApplicationRole: true, CancellationToken.None);

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public bool Expected { get; set; }

        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Lines.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>A signed-in person.</summary>
/// <param name="Http">A client with the access token.</param>
/// <param name="SignedIn">What registering answered.</param>
public sealed record TestAccount(HttpClient Http, SignedInResponse SignedIn)
{
    public const string Password = "correct horse battery";

    private static int _accounts;

    /// <summary>Registers somebody new with the server there.</summary>
    public static async Task<TestAccount> RegisterAsync(Uri address, string language = "en")
    {
        var email = $"person{Interlocked.Increment(ref _accounts)}@example.com";
        using var http = new HttpClient { BaseAddress = address };
        using var response = await http.PostAsJsonAsync(
            "/auth/register", new RegisterRequest { Email = email, Password = Password, Locale = language }, Wire.Json, TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return new TestAccount(null!, (await response.Content.ReadFromJsonAsync<SignedInResponse>(Wire.Json))!).At(address, language);
    }

    /// <summary>The same person with another server of the installation.</summary>
    public TestAccount At(Uri address, string language = "en")
    {
        var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SignedIn.AccessToken);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return this with { Http = client };
    }
}
