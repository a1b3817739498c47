using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

/// <summary>What administrators change about operations stands in the audit, or is not changed.</summary>
public sealed class AuditTests
{
    private const string Admin = "/api/v1/admin";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_changed_that_cannot_be_written_down()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web", ["Timeline:Webhooks:AllowedPrivateHosts:0"] = "127.0.0.1:*" });
        server.ExpectErrors();
        var http = (await server.RegisterAsync()).Http;
        var made = new List<(string List, string Id)>();
        foreach (var (list, body) in Bodies())
        {
            using var response = await SendAsync(http, HttpMethod.Post, list, body);
            response.StatusCode.ShouldBe(HttpStatusCode.Created, list);
            made.Add((list, IdOf(await response.Content.ReadFromJsonAsync<JsonElement>(Stop))));
        }

        var before = await ListsAsync(http);
        await server.Database.ChangeAsync("ALTER TABLE audit_entries ADD CONSTRAINT full_disk CHECK (false) NOT VALID");
        foreach (var (list, body) in Bodies(" again"))
        {
            (await SendAsync(http, HttpMethod.Post, list, body)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError, list);
        }

        foreach (var (list, id) in made)
        {
            (await SendAsync(http, HttpMethod.Delete, $"{list}/{id}", null)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError, list);
        }

        (await SendAsync(http, HttpMethod.Post, $"webhooks/{made[0].Id}/secret", null)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await SendAsync(http, HttpMethod.Put, $"webhooks/{made[0].Id}", new EventWebhookRequest { IsEnabled = false })).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await ListsAsync(http)).ShouldBe(before);

        await server.Database.ChangeAsync("ALTER TABLE audit_entries DROP CONSTRAINT full_disk");
        foreach (var (list, id) in made)
        {
            (await SendAsync(http, HttpMethod.Delete, $"{list}/{id}", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent, list);
        }

        (await http.GetFromJsonAsync<Page<AuditEntry>>($"{Admin}/audit?limit=100", Wire.Json, Stop))!.Items.Count.ShouldBe(2 * made.Count);
    }

    private static IEnumerable<(string List, object Body)> Bodies(string suffix = "") =>
    [
        ("webhooks", new EventWebhookRequest { Url = $"http://127.0.0.1:9/{suffix.Trim()}" }),
        ("keys", new CreateApiKeyRequest { Name = $"key{suffix}", Scopes = [ApiScope.EventsRead] }),
        ("event-types", new EventTypeRequest
        {
            EventType = $"desk.opened{suffix.Replace(' ', '_')}", Emoji = "🎫", English = "Opened", Chinese = "已开", Retention = "event", Privacy = "operational",
            Schema = JsonSerializer.SerializeToElement(new { type = "object" }),
        }),
        ("alerts/rules", new AlertRuleRequest { Name = $"rule{suffix}", Metric = "turns", Value = "sum", Warning = 5 }),
        ("alerts/receivers", new AlertReceiverRequest { Name = $"receiver{suffix}", Kind = "log" }),
        ("alerts/silences", new AlertSilenceRequest { Reason = $"reason{suffix}", EndsAt = DateTimeOffset.UtcNow.AddHours(1) }),
    ];

    private static string IdOf(JsonElement made)
    {
        foreach (var name in new[] { "webhook", "key", "receiver" })
        {
            if (made.TryGetProperty(name, out var inner))
            {
                return IdOf(inner);
            }
        }

        return made.TryGetProperty("id", out var id) ? id.GetString()! : made.GetProperty("event_type").GetString()!;
    }

    private static async Task<string> ListsAsync(HttpClient http)
    {
        var lists = new List<string>();
        foreach (var (list, _) in Bodies())
        {
            var text = await http.GetStringAsync($"{Admin}/{list}", Stop);
            // Where a rule stands may change at any time; that it is there must not.
            lists.Add(list != "alerts/rules" ? text : string.Join(' ', JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray().Select(IdOf)));
        }

        return string.Join('\n', lists);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, string path, object? body) =>
        http.SendAsync(new HttpRequestMessage(method, $"{Admin}/{path}") { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Wire.Json) }, Stop);
}
