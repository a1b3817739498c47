using System.Collections.Concurrent;
using Evenkeel.Accounts;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime;
using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Evenkeel.Tests.Realtime;

/// <summary>The module on a real Kestrel, with people and threads in memory and a clock that the test moves.</summary>
internal sealed class RealtimeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RealtimeServer(WebApplication app, SteppedTime time, MemoryThreads threads, TestPeople people) =>
        (_app, Time, Threads, People) = (app, time, threads, people);

    public MemoryEvents Events => (MemoryEvents)Service<ISessionEvents>();

    public MemoryKeys Keys => (MemoryKeys)Service<IApiKeys>();

    public SteppedTime Time { get; }

    public MemoryThreads Threads { get; }

    public TestPeople People { get; }

    public IBroadcast Broadcast => _app.Services.GetRequiredService<IBroadcast>();

    public LiveThreads Live => _app.Services.GetRequiredService<LiveThreads>();

    public ConnectionRegistry Connections => _app.Services.GetRequiredService<ConnectionRegistry>();

    /// <summary>A part of the server.</summary>
    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Uri Address => new(_app.Urls.First());

    public static async Task<RealtimeServer> StartAsync(params (string Name, string Value)[] settings)
    {
        var time = new SteppedTime();
        var (threads, people) = (new MemoryThreads(), new TestPeople(time));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        foreach (var (name, value) in settings)
        {
            builder.Configuration[$"Realtime:{name}"] = value;
        }

        builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<IdSource>();
        builder.Services.AddSingleton<IDurableFrames>(threads).AddSingleton<IClientCommands>(threads);
        builder.Services.AddSingleton<IAccessTokens>(people).AddSingleton<IStreamTickets>(people);
        builder.Services.AddSingleton<ISessionEvents, MemoryEvents>().AddSingleton<IApiKeys, MemoryKeys>();
        builder.Services.AddRealtime(builder.Configuration);
        var app = builder.Build();
        var logger = app.Services.GetRequiredService<ILogger<RealtimeServer>>();
        app.Use((context, next) => CorrelationId.RunAsync(context, _ => next(context), context.RequestServices.GetRequiredService<IdSource>(), logger));
        app.MapRealtime();
        app.MapGet("/turn/{threadId:guid}/{turnId:guid}", (HttpContext context, Guid threadId, Guid turnId, long after, ITurnStreams streams) =>
            streams.StreamTurnAsync(context, people.Owner, threadId, turnId, after, context.RequestAborted));
        app.MapGet("/refused", () => new ErrorResult(threads.Refusal!));
        await app.StartAsync();
        return new RealtimeServer(app, time, threads, people);
    }

    /// <summary>Opens a socket; without a token the client has to sign in itself.</summary>
    public Task<SocketClient> ConnectAsync(Guid threadId, long? afterSeq = null, string? token = null, bool signIn = true)
    {
        var query = new List<string>();
        if (signIn)
        {
            query.Add($"token={token ?? People.Token()}");
        }

        if (afterSeq is not null)
        {
            query.Add($"after_seq={afterSeq}");
        }

        return SocketClient.ConnectAsync(new Uri($"ws://{Address.Authority}/ws/chat/{threadId}?{string.Join('&', query)}"));
    }

    /// <summary>Hands on what was recorded of a session, as the timeline does.</summary>
    public void Pump(Guid session)
    {
        var feeds = Service<IEventFeeds>();
        foreach (var position in feeds.Positions().Where(position => position.SessionId == session))
        {
            var news = Events.After(session, position.Seq);
            feeds.Deliver(position, news, news is [.., var last] ? last.Seq : position.Seq);
        }
    }

    /// <summary>Waits until there are so many connections.</summary>
    public async Task ConnectionsAsync(int count)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (Connections.Count != count)
        {
            patience.Elapsed.ShouldBeLessThan(SocketClient.Patience);
            await Task.Yield();
        }
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

/// <summary>One owner and whoever else a test needs.</summary>
internal sealed class TestPeople(TimeProvider time) : IAccessTokens, IStreamTickets
{
    private readonly ConcurrentDictionary<string, Caller> _tokens = new();
    private readonly ConcurrentDictionary<string, Caller> _tickets = new();

    public Caller Owner { get; } = NewCaller(time);

    public static Caller NewCaller(TimeProvider time) => new()
    {
        UserId = Guid.CreateVersion7(),
        OrganizationId = Guid.CreateVersion7(),
        Role = "owner",
        Locale = "en",
        TokenExpiresAt = time.GetUtcNow() + TimeSpan.FromMinutes(15),
    };

    /// <summary>A token of the same form as ours: three parts.</summary>
    public string Token(Caller? caller = null, TimeSpan? lifetime = null)
    {
        var token = $"a.{Guid.NewGuid():N}.c";
        _tokens[token] = (caller ?? Owner) with { TokenExpiresAt = time.GetUtcNow() + (lifetime ?? TimeSpan.FromMinutes(15)) };
        return token;
    }

    public string Ticket()
    {
        var ticket = Guid.NewGuid().ToString("N");
        _tickets[ticket] = Owner;
        return ticket;
    }

    public TokenCheck Check(string token) => !_tokens.TryGetValue(token, out var caller)
        ? new TokenCheck(TokenState.Invalid, null)
        : caller.TokenExpiresAt <= time.GetUtcNow() ? new TokenCheck(TokenState.Expired, null) : new TokenCheck(TokenState.Valid, caller);

    public Task<Caller?> RedeemAsync(string ticket, CancellationToken cancellationToken) =>
        Task.FromResult(_tickets.TryRemove(ticket, out var caller) ? caller : null);
}
