using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.BadInput;

/// <summary>SQL and HTML are text: what was written comes back letter by letter, whatever the field.</summary>
public sealed class StoredVerbatimTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Hostile = """<script>alert("x")</script> Robert'); DROP TABLE messages; -- \ %00 ${7*7} {{x}} & &amp; 𝒳 😀 龙骨""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_of_a_person_and_an_organization()
    {
        var body = new JsonObject { ["email"] = "hostile@example.com", ["password"] = TestAccount.Password, ["display_name"] = Hostile, ["organization_name"] = Hostile };
        using var response = await fixture.Server.Http.PostAsJsonAsync("/auth/register", body, Cancelled);
        var token = (string)(await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["access_token"]!;
        using var me = new HttpRequestMessage(HttpMethod.Get, "/auth/me") { Headers = { Authorization = new("Bearer", token) } };
        using var answer = await fixture.Server.Http.SendAsync(me, Cancelled);
        var identity = (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!;

        ((string)identity["user"]!["display_name"]!).ShouldBe(Hostile);
        ((string)identity["organization"]!["name"]!).ShouldBe(Hostile);
    }

    [Fact]
    public async Task A_message_and_the_title_of_its_conversation()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var sent = await WriteAsync(http, HttpMethod.Post, "/api/v1/chat", new() { ["message"] = Hostile }, HttpStatusCode.Accepted);
        var thread = $"/api/v1/threads/{sent["thread_id"]}";

        (await ReadAsync(http, $"{thread}/messages"))["items"]![0]!["text"]!.ToString().ShouldBe(Hostile);
        await WriteAsync(http, HttpMethod.Patch, thread, new() { ["title"] = Hostile });
        (await ReadAsync(http, thread))["title"]!.ToString().ShouldBe(Hostile);
    }

    [Fact]
    public async Task The_texts_of_a_chatbot()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var body = new JsonObject { ["name"] = Hostile, ["description"] = Hostile, ["welcome_message"] = Hostile };
        var chatbot = $"/api/v1/chatbots/{(await WriteAsync(http, HttpMethod.Post, "/api/v1/chatbots", body, HttpStatusCode.Created))["id"]}";
        await WriteAsync(http, HttpMethod.Put, $"{chatbot}/settings", new() { ["persona"] = Hostile, ["unknown_answer"] = Hostile, ["model"] = Hostile });

        var stored = await ReadAsync(http, chatbot);
        stored["name"]!.ToString().ShouldBe(Hostile);
        stored["description"]!.ToString().ShouldBe(Hostile);
        stored["welcome_message"]!.ToString().ShouldBe(Hostile);
        var settings = await ReadAsync(http, $"{chatbot}/settings");
        settings["persona"]!.ToString().ShouldBe(Hostile);
        settings["unknown_answer"]!.ToString().ShouldBe(Hostile);
        settings["model"]!.ToString().ShouldBe(Hostile);
    }

    [Fact]
    public async Task A_source_and_a_document_and_its_passage()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var chatbot = await http.FirstChatbotAsync();
        var made = await WriteAsync(http, HttpMethod.Post, $"/api/v1/chatbots/{chatbot.Id}/sources", new() { ["name"] = Hostile }, HttpStatusCode.Created);
        var source = $"/api/v1/chatbots/{chatbot.Id}/sources/{made["id"]}";
        using var pasted = await http.PasteAsync(source, new PasteDocumentRequest { Title = Hostile, Text = $"```\n{Hostile}\n```" });
        pasted.IsSuccessStatusCode.ShouldBeTrue();

        (await ReadAsync(http, source))["name"]!.ToString().ShouldBe(Hostile);
        var document = (await ReadAsync(http, $"{source}/documents"))["items"]![0]!;
        document["title"]!.ToString().ShouldBe(Hostile);
        (await ReadAsync(http, $"{source}/documents/{document["id"]}/passages"))["items"]![0]!["text"]!.ToString().ShouldContain(Hostile);
    }

    private static async Task<JsonNode> WriteAsync(HttpClient http, HttpMethod method, string address, JsonObject body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, address) { Content = JsonContent.Create(body, options: Wire.Json) };
        using var response = await http.SendAsync(request, Cancelled);
        response.StatusCode.ShouldBe(expected, await response.Content.ReadAsStringAsync(Cancelled));
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!;
    }

    private static async Task<JsonNode> ReadAsync(HttpClient http, string address) => (await http.GetFromJsonAsync<JsonNode>(address, Cancelled))!;
}
