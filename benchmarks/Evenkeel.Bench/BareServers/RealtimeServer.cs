using Evenkeel.Accounts;
using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime;

namespace Evenkeel.Bench.BareServers;

/// <summary>Evenkeel's live delivery alone, with nothing durable behind it: what stands beside the bare hub.</summary>
internal static class RealtimeServer
{
    /// <summary>The conversation that everything is published to. Any other exists too, and is silent.</summary>
    public static Guid ThreadId { get; } = new("00000000-0000-7000-8000-000000000001");

    public static Task RunAsync(int port)
    {
        var builder = BareServer.Create(port);
        builder.Configuration["Realtime:MaxConnectionsPerUser"] = "100000";
        builder.Configuration["Realtime:MaxConnections"] = "100000";
        var memory = new Memory();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<IdSource>();
        builder.Services.AddSingleton<IDurableFrames>(memory).AddSingleton<IClientCommands>(memory);
        builder.Services.AddSingleton<IAccessTokens>(memory).AddSingleton<IStreamTickets>(memory);
        builder.Services.AddSingleton<ISessionEvents>(memory).AddSingleton<IApiKeys>(memory);
        builder.Services.AddRealtime(builder.Configuration);
        var app = builder.Build();
        app.MapRealtime();
        var broadcast = app.Services.GetRequiredService<IBroadcast>();
        return BareServer.RunAsync(app, message =>
        {
            memory.LastSeq = message.Seq;
            broadcast.PublishDurable(ThreadId, message, message.Seq);
            return Task.CompletedTask;
        });
    }

    /// <summary>One person who may do everything, and threads whose past is forgotten.</summary>
    private sealed class Memory : IDurableFrames, IClientCommands, IAccessTokens, IStreamTickets, ISessionEvents, IApiKeys
    {
        private readonly Caller _caller = new()
        {
            UserId = Guid.CreateVersion7(), OrganizationId = Guid.CreateVersion7(), Role = "owner", Locale = "en",
            TokenExpiresAt = DateTimeOffset.UtcNow.AddDays(1),
        };

        public long LastSeq { get; set; }

        public TokenCheck Check(string token) => new(TokenState.Valid, _caller);

        public Task<Caller?> RedeemAsync(string ticket, CancellationToken cancellationToken) => Task.FromResult<Caller?>(_caller);

        public Task<ThreadPosition?> FindThreadAsync(Caller caller, Guid threadId, CancellationToken cancellationToken) =>
            Task.FromResult<ThreadPosition?>(new ThreadPosition(caller.OrganizationId, threadId == ThreadId ? LastSeq : 0));

        public Task<IReadOnlyList<Frame>> ReadAfterAsync(
            Guid organizationId, Guid threadId, long afterSeq, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Frame>>([]);

        public Task<IReadOnlyList<Frame>> ReadNewestAsync(Guid organizationId, Guid threadId, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Frame>>([]);

        public Task<StoredState> LookAsync(IReadOnlyCollection<Guid> threads, IReadOnlyCollection<Guid> turns, CancellationToken cancellationToken) =>
            Task.FromResult(new StoredState([], []));

        public Task<EventAccess?> OpenAsync(Caller caller, Guid sessionId, string language, CancellationToken cancellationToken) => Task.FromResult<EventAccess?>(null);

        public Task<IReadOnlyList<SessionEvent>> ReadAfterAsync(EventAccess access, long afterSeq, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<SessionEvent>>([]);

        public ValueTask<TokenCheck> CheckAsync(string key, CancellationToken cancellationToken) => new(new TokenCheck(TokenState.Invalid, null));

        public ValueTask<bool> IsStillValidAsync(Caller caller, CancellationToken cancellationToken) => new(false);

        public Task<Error?> SendAsync(Caller caller, Guid threadId, ClientFrame frame, string language, CancellationToken cancellationToken) =>
            Task.FromResult<Error?>(null);

        public Task<Error?> StopAsync(Caller caller, Guid threadId, Guid? turnId, CancellationToken cancellationToken) => Task.FromResult<Error?>(null);
    }
}
