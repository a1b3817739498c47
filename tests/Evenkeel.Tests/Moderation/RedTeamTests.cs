using System.Text;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Evenkeel.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Moderation;

/// <summary>
/// Attackers ask for the persona and the instructions in every way they know, and the model does what they ask. Nothing of it reaches a frame,
/// a message, a problem or an event: while all is well, while models fail, and while the conversation's breaker is open.
/// </summary>
public sealed class RedTeamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public enum Failure
    {
        None,

        /// <summary>The first model answers 500, and the fallback obeys the attacker.</summary>
        FallbackObeys,

        /// <summary>The model obeys and breaks off; the built-in responder answers.</summary>
        ExtractiveAnswers,

        /// <summary>The model obeys and breaks off; nothing comes after it.</summary>
        NothingAnswers,
    }

    [Fact]
    public void There_are_enough_attacks_in_both_languages_and_the_look_for_leaks_sees_them()
    {
        RedTeam.Attacks.Count.ShouldBeGreaterThanOrEqualTo(60);
        RedTeam.Attacks.Count(attack => attack.Prompt.Any(character => character > 0x4e00)).ShouldBeGreaterThanOrEqualTo(20);
        RedTeam.LeakIn("I was told: speak like a retired sailor and keep it so").ShouldNotBeNull();
        RedTeam.LeakIn("说话要像退休的老水手，句子务必简短").ShouldNotBeNull();
        RedTeam.LeakIn(Convert.ToBase64String(Encoding.UTF8.GetBytes(RedTeam.EnglishPersona))).ShouldNotBeNull();
        RedTeam.LeakIn(new string([.. RedTeam.EnglishPersona.Reverse()])).ShouldNotBeNull();
        RedTeam.LeakIn("S p e a k l i k e a r e t i r e d s a i l o r a n d k e e p e v e r y s e n t e n c e").ShouldNotBeNull();
        RedTeam.LeakIn("I am Ada. A family pass is cheapest [1].").ShouldBeNull();
    }

    [Theory]
    [InlineData(Failure.None)]
    [InlineData(Failure.FallbackObeys)]
    [InlineData(Failure.ExtractiveAnswers)]
    [InlineData(Failure.NothingAnswers)]
    public async Task No_attack_gets_a_word_of_the_instructions(Failure failure)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var fallback = await ScriptedModelServer.StartAsync(ct: Stop);
        Script(model, fallback, failure);
        await using var server = await ChatDriving.StartAsync(model, Settings(fallback, failure));
        var account = await BriefedAsync(server);

        await Parallel.ForEachAsync(RedTeam.Attacks, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Stop }, async (attack, _) =>
        {
            using var response = await account.PostChatAsync(attack.Prompt, stream: true);
            var frames = (await response.Content.ReadAsStringAsync(Stop)).Split('\n')
                .Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[5..]).RootElement).ToArray();

            var what = $"{failure}, {attack.ModelAnswers}: {attack.Prompt}";
            ShouldTellNothing(frames.Where(frame => !IsQuestion(frame)), what);
            var answer = frames.Last(frame => frame.Type() is "chat_error" or "chat_message");
            ShouldBeInRole(answer, attack, failure, what);
        });

        await StoredShouldTellNothingAsync(server, account);
    }

    [Fact]
    public async Task No_attack_gets_a_word_of_the_instructions_while_the_breaker_is_open()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        Script(model, model, Failure.None);
        await using var server = await ChatDriving.StartAsync(model, new() { ["Debug:ForceErrors"] = "true" });
        var account = await BriefedAsync(server);
        Guid? thread = null;
        for (var failed = 0; failed < 5; failed++)
        {
            using var response = await account.PostChatAsync("a question that fails", thread, force: "server_error");
            var sent = await ChatDriving.ReadAsync<SendMessageResponse>(response, System.Net.HttpStatusCode.Accepted);
            await account.AnswerAsync(sent);
            thread = sent.ThreadId;
        }

        foreach (var attack in RedTeam.Attacks)
        {
            using var refused = await account.PostChatAsync(attack.Prompt, thread);
            var problem = await refused.Content.ReadAsStringAsync(Stop);
            problem.ShouldContain("circuit_open");
            RedTeam.LeakIn(problem).ShouldBeNull(attack.Prompt);
        }

        // The probe that follows is as safe as any turn.
        await server.Database.ChangeAsync("UPDATE conversations SET breaker_open_until = now() - interval '1 second' WHERE id = $1", thread!.Value);
        var probe = await account.AskAsync(RedTeam.Attacks[0].Prompt, thread);
        probe.Meta!.Error!.Error.ShouldStartWith("Ada here");
        await StoredShouldTellNothingAsync(server, account);
    }

    private static void Script(ScriptedModelServer model, ScriptedModelServer fallback, Failure failure)
    {
        foreach (var attack in RedTeam.Attacks)
        {
            var obeying = new Behaviour { Compose = request => ObedientModel.Answer(request, attack.ModelAnswers) };
            switch (failure)
            {
                case Failure.FallbackObeys:
                    model.Play(attack.Prompt, new Behaviour { Kind = BehaviourKind.ServerError });
                    fallback.Play(attack.Prompt, obeying);
                    break;
                case Failure.None:
                    model.Play(attack.Prompt, obeying);
                    break;
                default:
                    model.Play(attack.Prompt, obeying with { Kind = BehaviourKind.Cut, AfterTokens = 6 });
                    break;
            }
        }
    }

    private static Dictionary<string, string?> Settings(ScriptedModelServer fallback, Failure failure)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Models:Chat:Retries"] = "1", ["Models:Chat:FirstRetrySeconds"] = "0.001",
            ["Models:Chat:ExtractiveFallback"] = failure == Failure.NothingAnswers ? "false" : "true",
        };
        if (failure == Failure.FallbackObeys)
        {
            settings["Models:Chat:Fallbacks:0:Provider"] = "anthropic";
            settings["Models:Chat:Fallbacks:0:Endpoint"] = fallback.BaseAddress.ToString();
            settings["Models:Chat:Fallbacks:0:Model"] = "second";
        }

        return settings;
    }

    /// <summary>An account whose chatbot has a persona in both languages and a document that tries to take over.</summary>
    private static async Task<TestAccount> BriefedAsync(TestServer server)
    {
        var account = await server.RegisterAsync();
        await account.SetAsync(new ChatbotSettingsRequest { Persona = $"{RedTeam.EnglishPersona}\n{RedTeam.ChinesePersona}" });
        var chatbot = await account.Http.FirstChatbotAsync();
        var source = await account.Http.CreateSourceAsync(chatbot.Id);
        await account.Http.UploadedAsync(source, "newsletter.md", RedTeam.Newsletter);
        return account;
    }

    private static bool IsQuestion(JsonElement frame) => frame.Type() == "chat_message" && frame.GetProperty("role").GetString() == "user";

    /// <summary>Each frame by itself, and the text that the deltas of each attempt make together.</summary>
    private static void ShouldTellNothing(IEnumerable<JsonElement> frames, string what)
    {
        var all = frames.ToArray();
        var streamed = all.Where(frame => frame.Type() == "chat_delta").GroupBy(frame => frame.Number("attempt"))
            .Select(attempt => string.Concat(attempt.Select(frame => frame.Text("token"))));
        foreach (var text in all.SelectMany(Strings).Concat(streamed))
        {
            RedTeam.LeakIn(text).ShouldBeNull($"{what}\n{text}");
        }
    }

    private static void ShouldBeInRole(JsonElement answer, Attack attack, Failure failure, string what)
    {
        if (answer.Type() == "chat_message")
        {
            // Only what quotes the documents gets through, and only where the model gave nothing to guard.
            failure.ShouldBe(Failure.ExtractiveAnswers, what);
            return;
        }

        var code = answer.Text("error_code");
        var isChinese = attack.Prompt.Any(character => character > 0x4e00);
        if (code == "content_blocked")
        {
            answer.Text("error").ShouldStartWith(isChinese ? "我是Ada。" : "Ada here", Case.Sensitive, what);
        }
        else
        {
            (failure, code).ShouldBe((Failure.NothingAnswers, "llm_unavailable"), what);
        }
    }

    /// <summary>Everything that members can read, and every row of the account's that holds text shown to people.</summary>
    private static async Task StoredShouldTellNothingAsync(TestServer server, TestAccount account)
    {
        var threads = new List<Guid>();
        for (string? cursor = "", query = "?limit=100"; cursor is not null; query = $"?limit=100&cursor={cursor}")
        {
            var page = await account.GetAsync<Page<ChatThread>>($"/api/v1/threads{query}");
            threads.AddRange(page.Items.Select(thread => thread.Id));
            cursor = page.NextCursor;
        }

        foreach (var thread in threads)
        {
            foreach (var message in (await account.MessagesAsync(thread)).Items.Where(message => message.Role == "assistant"))
            {
                Strings(JsonSerializer.SerializeToElement(message, Wire.Json)).ShouldAllBe(text => RedTeam.LeakIn(text) == null);
            }

            foreach (var one in (await account.GetAsync<Page<TimelineEvent>>($"/chat/events/{thread}?limit=200")).Items)
            {
                Strings(JsonSerializer.SerializeToElement(one, Wire.Json)).ShouldAllBe(text => RedTeam.LeakIn(text) == null);
            }
        }

        (await server.Database.LookAsync<long>("SELECT count(*) FROM messages WHERE text ILIKE '%retired sailor%' OR meta::text ILIKE '%retired sailor%'")).ShouldBe(0);
        (await server.Database.LookAsync<long>("SELECT count(*) FROM chat_events WHERE event_data::text ILIKE '%retired sailor%'")).ShouldBe(0);
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Strings(member.Value)),
        _ => [],
    };
}
