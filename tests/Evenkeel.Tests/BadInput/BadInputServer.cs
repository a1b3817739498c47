using System.Net;
using System.Text.Json;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts;
using Evenkeel.Tests.Catalog;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.BadInput;

/// <summary>The real server with two organizations that have one of everything, and the endpoints its OpenAPI document names.</summary>
public sealed class BadInputServer : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public IReadOnlyList<Operation> Operations { get; private set; } = [];

    public Tenant Mine { get; private set; } = null!;

    public Tenant Theirs { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync();
        var document = JsonNode.Parse(await Server.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancelled))!;
        Operations = Operation.ReadAll(document);
        Mine = await Tenant.CreateAsync(Server);
        Theirs = await Tenant.CreateAsync(Server);
    }

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Runs requests that must all be refused and shows that no table has a row more, fewer or different.</summary>
    public async Task ShouldChangeNothingAsync(Func<Task> requests)
    {
        var before = await DigestAsync();
        await requests();
        (await DigestAsync()).ShouldBe(before);
    }

    private const string TablesThatRequestsChange =
        """
        SELECT tablename FROM pg_tables WHERE schemaname = 'public'
          AND tablename NOT IN ('workers', 'metric_points', 'metric_progress', 'process_readings', 'alert_rounds', 'alert_states', 'alert_changes') ORDER BY 1
        """;

    // Workers tell that they live, and numbers are taken, whatever is asked.
    private async Task<string> DigestAsync()
    {
        await using var source = NpgsqlDataSource.Create(Server.Database.AdministratorConnectionString);
        await using var connection = await source.OpenConnectionAsync(Cancelled);
        var lines = new List<string>();
        foreach (var table in await ReadAsync(connection, TablesThatRequestsChange))
        {
            var digest = await ReadAsync(connection, $"SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM \"{table}\" t");
            lines.Add($"{table} {digest[0]}");
        }

        return string.Join('\n', lines);
    }

    private static async Task<List<string>> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancelled);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancelled))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}

/// <summary>An organization with a chatbot, a source, a document, and a conversation that has been answered.</summary>
public sealed record Tenant(TestAccount Account, Dictionary<string, string> Ids)
{
    /// <summary>The path with this tenant's ids. A new kind of id in a path has to be added here.</summary>
    public string Path(Operation operation) =>
        Ids.Aggregate(
            operation.Template.Replace("{id}", $"{{{Owner(operation.Template)}}}", StringComparison.Ordinal),
            (path, id) => path.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    public AuthenticationHeaderValue Authorization => Account.Http.DefaultRequestHeaders.Authorization!;

    public static async Task<Tenant> CreateAsync(TestServer server)
    {
        var account = await server.RegisterAsync();
        var chatbot = await account.Http.FirstChatbotAsync();
        var source = await account.Http.CreateSourceAsync(chatbot.Id);
        var document = (await account.Http.UploadedAsync(source, "keel.md", "# Keel\n\nA keel keeps a boat upright.")).Document;
        var passage = (await account.Http.PassagesAsync(source, document.Id))[0];
        var place = await account.Http.AddLocationAsync("Kiel", "city");
        var happening = await account.Http.AddEventAsync(new SaveEventRequest { Title = "Kiel Week", Starts = "2097-06-20", LocationId = place.Id });
        var found = await (await account.Http.PostAsync("/api/v1/search", new SearchRequest { Query = "Kiel" })).ReadAsync<SearchResponse>();
        await AskAsync(account.Http);
        var thread = (await account.Http.GetAsync<Page<ChatThread>>("/api/v1/threads")).Items[0];
        var answer = (await account.Http.GetAsync<MessagePage>($"/api/v1/threads/{thread.Id}/messages")).Items[^1];
        return new Tenant(account, new(StringComparer.Ordinal)
        {
            ["chatbot"] = chatbot.Id.ToString(),
            ["source_id"] = source.Split('/')[^1],
            ["document_id"] = document.Id.ToString(),
            ["passage"] = passage.Id.ToString(),
            ["thread"] = thread.Id.ToString(),
            ["thread_id"] = thread.Id.ToString(),
            ["session_id"] = thread.Id.ToString(),
            ["message"] = answer.Id.ToString(),
            ["event"] = happening.Id.ToString(),
            ["location"] = place.Id.ToString(),
            ["handle"] = found.Handle,
            ["key"] = (await (await account.Http.PostAsync("/api/v1/admin/keys", new CreateApiKeyRequest { Name = "Mine", Scopes = [ApiScope.EventsRead] })).ReadAsync<CreatedApiKey>(HttpStatusCode.Created)).Key.Id.ToString(),
            ["webhook"] = (await (await account.Http.PostAsync("/api/v1/admin/webhooks", new EventWebhookRequest { Url = "https://hooks.invalid/", IsEnabled = false }))
                .ReadAsync<CreatedEventWebhook>(HttpStatusCode.Created)).Webhook.Id.ToString(),
            ["type"] = await RegisterTypeAsync(account.Http),
            ["turn"] = answer.TurnId.ToString(),
            ["alert_rule"] = (await (await account.Http.PostAsync("/api/v1/admin/alerts/rules", new AlertRuleRequest { Name = "Mine", Metric = "turns", Value = "sum", Critical = 1e9 })).ReadAsync<AlertRule>(HttpStatusCode.Created)).Id.ToString(),
            ["alert_silence"] = (await (await account.Http.PostAsync("/api/v1/admin/alerts/silences", new AlertSilenceRequest { Group = "nothing", Reason = "test", EndsAt = DateTimeOffset.UtcNow.AddDays(1) })).ReadAsync<AlertSilence>(HttpStatusCode.Created)).Id.ToString(),
            ["alert_receiver"] = (await (await account.Http.PostAsync("/api/v1/admin/alerts/receivers", new AlertReceiverRequest { Name = "Mine", Kind = "log" })).ReadAsync<CreatedAlertReceiver>(HttpStatusCode.Created)).Receiver.Id.ToString(),
            ["bulk"] = (await (await account.Http.PostAsync("/api/v1/admin/bulk", new BulkRequest { Action = "pin", TurnIds = [answer.TurnId] })).ReadAsync<BulkJob>(HttpStatusCode.Accepted)).Id.ToString()!,
        });
    }

    private static string Owner(string template) => template.Split('/') switch
    {
        [_, "api", "v1", "chatbots", ..] => "chatbot",
        [_, "api", "v1", "threads", ..] => "thread",
        [_, "api", "v1", "messages", ..] => "message",
        [_, "api", "v1", "passages", ..] => "passage",
        [_, "api", "v1", "events", ..] => "event",
        [_, "api", "v1", "locations", ..] => "location",
        [_, "api", "v1", "admin", "keys", ..] => "key",
        [_, "api", "v1", "admin", "webhooks", ..] => "webhook",
        [_, "api", "v1", "admin", "turns", ..] => "turn",
        [_, "api", "v1", "admin", "bulk", ..] => "bulk",
        [_, "api", "v1", "admin", "alerts", "rules", ..] => "alert_rule",
        [_, "api", "v1", "admin", "alerts", "silences", ..] => "alert_silence",
        [_, "api", "v1", "admin", "alerts", "receivers", ..] => "alert_receiver",
        _ => "id",
    };

    private static async Task<string> RegisterTypeAsync(HttpClient http)
    {
        var type = $"mine.t{Guid.NewGuid():N}";
        var request = new EventTypeRequest { EventType = type, English = "Mine", Schema = JsonSerializer.SerializeToElement(new { type = "object" }) };
        await (await http.PostAsync("/api/v1/admin/event-types", request)).ReadAsync<EventTypeDescription>(HttpStatusCode.Created);
        return type;
    }

    /// <summary>Returns when the turn has ended: its stream ends with it.</summary>
    private static async Task AskAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chat")
        {
            Content = JsonContent.Create(new SendMessageRequest { Message = "What does a keel do?" }, options: Wire.Json),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("chat_message");
    }
}
