using System.Net.Http.Json;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Evenkeel.Timeline;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Evenkeel.Tests.Timeline;

/// <summary>An organization with an owner and a member, their conversations, and short ways to record into them and to look.</summary>
internal sealed record TimelinePeople(TestServer Server, TestAccount Owner, TestAccount Member)
{
    public Guid OrganizationId => Owner.SignedIn.Organization.Id;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<TimelinePeople> CreateAsync(TestServer server)
    {
        var owner = await server.RegisterAsync();
        var member = await server.RegisterAsync();
        await server.Database.ChangeAsync("DELETE FROM memberships WHERE user_id = $1", member.SignedIn.User.Id);
        await server.Database.ChangeAsync(
            "INSERT INTO memberships (organization_id, user_id, role, created_at) VALUES ($1, $2, 'member', now())",
            owner.SignedIn.Organization.Id, member.SignedIn.User.Id);
        using var response = await member.Http.PostAsJsonAsync(
            "/auth/login", new { email = member.SignedIn.User.Email, password = TestAccount.Password }, Stop);
        var signedIn = (await response.Content.ReadFromJsonAsync<SignedInResponse>(Wire.Json, Stop))!;
        return new TimelinePeople(server, owner, (member with { SignedIn = signedIn }).At(server.Address));
    }

    /// <summary>A conversation with one message.</summary>
    public static async Task<Guid> TalkAsync(TestAccount account)
    {
        using var response = await account.Http.PostAsJsonAsync("/api/v1/chat", new SendMessageRequest { Message = "hello" }, Wire.Json, Stop);
        return (await response.Content.ReadFromJsonAsync<SendMessageResponse>(Wire.Json, Stop))!.ThreadId;
    }

    public async Task<string> KeyAsync(params string[] scopes)
    {
        using var response = await Owner.Http.PostAsJsonAsync("/api/v1/admin/keys", new CreateApiKeyRequest { Name = "Program", Scopes = scopes }, Wire.Json, Stop);
        return (await response.Content.ReadFromJsonAsync<CreatedApiKey>(Wire.Json, Stop))!.Secret;
    }

    public HttpClient WithKey(string key)
    {
        var http = new HttpClient { BaseAddress = Server.Address };
        http.DefaultRequestHeaders.Add("X-API-Key", key);
        return http;
    }

    public TimelineEntry Entry(Guid session, string type = TimelineEventType.AgentThinking) => new()
    {
        OrganizationId = OrganizationId,
        SessionId = session,
        EventType = type,
        EventStatus = TimelineEventStatus.Completed,
        Timestamp = Server.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
        DataJson = """{"found":3}""",
        CorrelationId = Guid.CreateVersion7(),
    };

    /// <summary>Records in one transaction.</summary>
    /// <param name="entries">Of one session.</param>
    /// <param name="change">What is set in the rows before anybody sees them.</param>
    public async Task RecordAsync(IReadOnlyList<TimelineEntry> entries, string? change = null)
    {
        await using var batch = Server.Services.GetRequiredService<Database>().CreateBatch(DataScope.Organization(OrganizationId));
        Server.Services.GetRequiredService<ITimeline>().AppendInTransaction(batch, entries);
        if (change is not null)
        {
            batch.Add($"UPDATE chat_events SET {change} WHERE session_id = $1", Sql.Value(entries[0].SessionId));
        }

        await batch.ExecuteAsync(Stop);
    }

    public Task<SocketClient> ConnectAsync(TestAccount account, Guid session, string query = "after_seq=0") =>
        SocketClient.ConnectAsync(new Uri($"ws://{Server.Address.Authority}/chat/ws/events/{session}?{query}&token={account.SignedIn.AccessToken}"));

    public Task<SocketClient> ChatAsync(TestAccount account, Guid thread) =>
        SocketClient.ConnectAsync(new Uri($"ws://{Server.Address.Authority}/ws/chat/{thread}?token={account.SignedIn.AccessToken}"));

    /// <summary>Items of a list as they came.</summary>
    public static async Task<List<JsonElement>> ItemsAsync(HttpClient http, string path)
    {
        var text = await http.GetStringAsync(path, Stop);
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray()];
    }

    /// <summary>The next events of a socket as they came.</summary>
    public static async Task<List<JsonElement>> EventsAsync(SocketClient socket, int count)
    {
        var events = new List<JsonElement>();
        while (events.Count < count)
        {
            var frame = await socket.ReadAsync("event");
            if (frame.GetProperty("event").ValueKind == JsonValueKind.Object)
            {
                events.Add(frame.GetProperty("event"));
            }
        }

        return events;
    }
}
