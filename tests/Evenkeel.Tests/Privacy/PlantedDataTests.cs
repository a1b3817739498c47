using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Contracts.Chats;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Privacy;

/// <summary>
/// A conversation full of personal data, secrets and prompts, in which everything goes wrong; then everything that telemetry got is searched for them.
/// </summary>
public sealed class PlantedDataTests
{
    // Each in a form that no id, code or word of the program has by chance.
    private static readonly string[] Plants =
    [
        "wilhelmina.feather@example.org", "13912345678", "4111 1111 1111 1111", "DE89370400440532013000", "11010519491231002X", "sk-planted-0123456789abcdef",
        "hunter2planted", "Wilhelmina Featherstone", "王梅花小姐", "purple heron at midnight", "Persona of the lighthouse keeper", "plantedstream.ticket", "eyJplanted0.eyJplanted1.planted2",
    ];

    private static readonly string Message =
        $"I am {Plants[7]} ({Plants[8]}), {Plants[0]}, phone {Plants[1]}, card {Plants[2]}, {Plants[3]}, {Plants[4]}; my key is {Plants[5]}, password={Plants[6]}; {Plants[9]}; Bearer {Plants[12]}.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_planted_reaches_logs_spans_metrics_events_or_error_bodies()
    {
        var found = await PlayAsync(_ => { });

        found.Where(piece => Plants.Any(plant => piece.Text.Contains(plant, StringComparison.OrdinalIgnoreCase)))
            .Select(piece => $"{piece.Where}: {piece.Text}").ShouldBeEmpty();
        // What was searched is really there.
        foreach (var (where, least) in new[] { ("log", 200), ("span", 10), ("metrics", 1), ("event", 10), ("error body", 6) })
        {
            found.Count(piece => piece.Where == where).ShouldBeGreaterThanOrEqualTo(least, where);
        }
    }

    [Fact]
    public async Task Without_the_component_the_same_conversation_leaks()
    {
        var found = await PlayAsync(services => services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => provider.GetRequiredService<LoggerFactory>())));

        found.ShouldContain(piece => piece.Where == "log" && Plants.Any(plant => piece.Text.Contains(plant, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<List<(string Where, string Text)>> PlayAsync(Action<IServiceCollection> change)
    {
        using var capture = new TelemetryCapture();
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var errors = new List<string>();
        string metrics;
        List<(string Where, string Text)> found;
        await using (var server = await TestServer.StartAsync(
            ChatDriving.With(model, new() { ["Models:Chat:ExtractiveFallback"] = "false" }),
            services =>
            {
                // Everything that frameworks would say as well, down to the URLs of requests.
                services.AddLogging(logging => logging.AddProvider(capture).AddFilter<TelemetryCapture>("", LogLevel.Trace));
                change(services);
            }))
        {
            server.ExpectErrors();
            var account = await server.RegisterAsync();
            await ConverseAsync(server, account, model);
            await MisuseAsync(server, account, errors);
            metrics = await account.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop);
            await Eventually.HoldAsync("written events", async () => await server.Database.LookAsync<long>("SELECT count(*) FROM chat_events") > 15);
            var events = await server.Database.LookAsync<string>(
                "SELECT string_agg(concat_ws(' ', event_type, event_status, error_type, user_message, event_data), E'\\n') FROM chat_events");
            found = [.. events.Split('\n').Select(line => ("event", line)), ("metrics", metrics), .. errors.Select(body => ("error body", body))];
        }

        found.AddRange(capture.Lines.Select(line => ("log", line.ToString())));
        found.AddRange(capture.Spans.Select(span => ("span", span)));
        return found;
    }

    private static async Task ConverseAsync(TestServer server, TestAccount account, ScriptedModelServer model)
    {
        var sent = await account.SendAsync(Message);
        await account.AnswerAsync(sent);
        var chatbot = (await account.GetAsync<Page<ChatThread>>("/api/v1/threads")).Items[0].ChatbotId;
        var settings = await account.GetAsync<ChatbotSettings>($"/api/v1/chatbots/{chatbot}/settings");
        using (var changed = await account.Http.PutAsJsonAsync($"/api/v1/chatbots/{chatbot}/settings", settings with { Persona = Plants[10] }, Wire.Json, Stop))
        {
            changed.EnsureSuccessStatusCode();
        }

        await account.AskAsync($"{Message} And in English?", sent.ThreadId);
        // The provider repeats in its error what it was sent.
        var echo = JsonSerializer.Serialize(new { error = new { message = $"Cannot process: {Message} {Plants[10]}", type = "invalid", code = Message } });
        foreach (var behaviour in new Behaviour[]
        {
            new() { Kind = BehaviourKind.ServerError, Status = 400, Text = echo, Times = 1 },
            new() { Kind = BehaviourKind.ServerError, Status = 401, Text = echo, Times = 1 },
            new() { Kind = BehaviourKind.Garbage, AfterTokens = 0, Times = 4 },
            new() { Kind = BehaviourKind.Answer, Text = $"You said {Message}", Times = 1 },
        })
        {
            model.Play(behaviour);
            await account.AskAsync(Message);
        }

        // SQL that fails with the row's values in its words.
        await server.Database.ChangeAsync(
            """
            CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.text LIKE 'tell:%' THEN RAISE EXCEPTION 'cannot store %', NEW.text USING DETAIL = NEW.text, HINT = NEW.text; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER tell BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION tell()
            """);
    }

    private static async Task MisuseAsync(TestServer server, TestAccount account, List<string> errors)
    {
        await KeepAsync(account.PostChatAsync($"tell: {Message}"));
        await KeepAsync(PostAsync("/api/v1/chat", $$"""{"message": {{Message}} """));
        await KeepAsync(PostAsync("/api/v1/chat", $$"""{"{{Plants[7]}}": 1}"""));
        await KeepAsync(PostAsync("/api/v1/chat", $$"""{"message": "hello", "thread_id": "{{Plants[7]}}"}"""));
        await KeepAsync(PostAsync("/auth/login", JsonSerializer.Serialize(new { email = Plants[0], password = Plants[6] })));
        await KeepAsync(PostAsync("/auth/refresh", JsonSerializer.Serialize(new { refresh_token = Plants[5] })));
        await KeepAsync(GetAsync($"/api/v1/chat/{Guid.CreateVersion7()}/stream?token={Plants[11]}"));
        await KeepAsync(GetAsync($"/api/v1/chat/{Guid.CreateVersion7()}/stream?token={Plants[12]}"));
        await KeepAsync(GetAsync($"/api/v1/threads/{Uri.EscapeDataString(Plants[7])}/messages?limit={Uri.EscapeDataString(Plants[9])}"));
        await KeepAsync(GetAsync($"/api/v1/threads?cursor={Plants[0]}"));

        async Task KeepAsync(Task<HttpResponseMessage> pending)
        {
            using var response = await pending;
            if (!response.IsSuccessStatusCode)
            {
                errors.Add(await response.Content.ReadAsStringAsync(Stop));
            }
        }

        Task<HttpResponseMessage> PostAsync(string path, string body) =>
            account.Http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Stop);

        Task<HttpResponseMessage> GetAsync(string path) => account.Http.GetAsync(new Uri(server.Address, path), Stop);
    }
}
