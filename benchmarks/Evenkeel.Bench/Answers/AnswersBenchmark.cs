using System.Net.Http.Headers;
using System.Text.Json;
using Evenkeel.Bench.Processes;
using Evenkeel.Bench.Turns;

namespace Evenkeel.Bench.Answers;

/// <summary>
/// Asks the real server, with the built-in responder, the questions of a collection: once with the right paragraph as a chatbot's only document, once with
/// all paragraphs, once with those of other articles (to which "I don't know" is the only right answer). A response is right when it contains a gold answer.
/// </summary>
internal sealed class AnswersBenchmark(BenchPaths paths, string folder)
{
    private const int Half = 120;
    private const int Askers = 4;

    public async Task<AnswersReport> RunAsync(Action<string> say)
    {
        say("starting the server and its database …");
        await using var server = await EvenkeelProcess.StartAsync(paths, null, new Dictionary<string, string> { ["Chat__QueuedTurns"] = "100000" });
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await Registration.RunAsync(server.Address, 1))[0]);
        var figures = new List<AnswerFigures>();
        foreach (var language in new[] { "en", "zh" })
        {
            var set = QuestionSet.Read(Path.Combine(folder, $"xquad.{language}.json"), language);
            var asking = new AskChatbots(http, language);
            say($"{language}: {set.Questions.Count} questions to the paragraph alone …");
            var alone = await asking.CreateAsync([.. set.Paragraphs.Select(paragraph => new[] { paragraph })]);
            figures.AddRange(await MeasureAsync(set, "paragraph", asking, question => alone[question.Paragraph]));
            say($"{language}: {set.Questions.Count} questions to all paragraphs …");
            var all = await asking.CreateAsync([[.. set.Paragraphs]]);
            figures.AddRange(await MeasureAsync(set, "all", asking, _ => all[0]));
            // An article's paragraphs are all in one half: nothing in the first answers what is asked of the second.
            var strangers = set with { Questions = [.. set.Questions.Where(question => question.Paragraph >= Half)] };
            say($"{language}: {strangers.Questions.Count} questions to paragraphs of other articles …");
            var other = await asking.CreateAsync([[.. set.Paragraphs.Take(Half)]]);
            figures.AddRange((await MeasureAsync(strangers, "others'", asking, _ => other[0])).Where(figure => figure.Part == "all"));
        }

        return new AnswersReport { Machine = Machine.Describe(), Figures = figures };
    }

    private static async Task<IEnumerable<AnswerFigures>> MeasureAsync(QuestionSet set, string knowledge, AskChatbots asking, Func<GoldQuestion, Guid> chatbotOf)
    {
        var answers = new Answer[set.Questions.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, answers.Length), new ParallelOptions { MaxDegreeOfParallelism = Askers }, async (index, _) =>
        {
            var question = set.Questions[index];
            var (text, isKnown) = await asking.AskAsync(chatbotOf(question), question.Question);
            answers[index] = new Answer(question.Paragraph, question.Answers.Any(gold => Plain(text).Contains(Plain(gold), StringComparison.Ordinal)), isKnown, text.Length);
        });
        return new[] { ("1..120", (Func<Answer, bool>)(answer => answer.Paragraph < Half)), ("121..240", answer => answer.Paragraph >= Half), ("all", _ => true) }
            .Select(part => Figures(set.Language, knowledge, part.Item1, [.. answers.Where(part.Item2)]));
    }

    private static AnswerFigures Figures(string language, string knowledge, string part, Answer[] answers) => new()
    {
        Language = language, Knowledge = knowledge, Part = part, Questions = answers.Length,
        Containment = Mean(answers, answer => answer.IsRight ? 1 : 0), Unknown = Mean(answers, answer => answer.IsKnown ? 0 : 1),
        MeanCharacters = Mean(answers, answer => answer.Length),
    };

    private static double Mean(Answer[] answers, Func<Answer, double> value) => answers.Length == 0 ? 0 : answers.Average(value);

    private static string Plain(string text) =>
        new([.. text.ToLowerInvariant().Where(character => !char.IsWhiteSpace(character) && !char.IsPunctuation(character))]);

    private readonly record struct Answer(int Paragraph, bool IsRight, bool IsKnown, int Length);
}

/// <summary>Makes chatbots of documents, and asks them.</summary>
internal sealed class AskChatbots(HttpClient http, string language)
{
    /// <summary>One chatbot for each group of documents, when all of them can be found.</summary>
    public async Task<Guid[]> CreateAsync((string Title, string Text)[][] groups)
    {
        var chatbots = new Guid[groups.Length];
        for (var group = 0; group < groups.Length; group++)
        {
            chatbots[group] = await PostAsync("/api/v1/chatbots", new { name = $"{language} {group}" });
            // A source has one document of a title, and the paragraphs of an article have the same: the first of each go into one source, and so on.
            var number = 0;
            foreach (var documents in groups[group].GroupBy(document => document.Title).SelectMany(article => article.Index()).GroupBy(one => one.Index, one => one.Item))
            {
                var source = await PostAsync($"/api/v1/chatbots/{chatbots[group]}/sources", new { name = $"Paragraphs {++number}" });
                foreach (var (title, text) in documents)
                {
                    await PostAsync($"/api/v1/chatbots/{chatbots[group]}/sources/{source}/documents", new { title, text });
                }
            }
        }

        for (var group = 0; group < groups.Length; group++)
        {
            await WaitUntilReadAsync(chatbots[group], groups[group].Length);
        }

        return chatbots;
    }

    /// <summary>The answer in a new conversation, and whether it cites anything.</summary>
    public async Task<(string Text, bool IsKnown)> AskAsync(Guid chatbot, string question)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chat")
        {
            Content = JsonContent.Create(new { message = question, chatbot_id = chatbot, locale = language }),
            Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") } },
        };
        using var response = await http.SendAsync(request);
        foreach (var line in (await response.Content.ReadAsStringAsync()).Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)))
        {
            using var frame = JsonDocument.Parse(line.AsMemory(5));
            var root = frame.RootElement;
            if (root.TryGetProperty("role", out var role) && role.ValueEquals("assistant"))
            {
                return (root.GetProperty("text").GetString()!, root.GetProperty("meta").TryGetProperty("citations", out _));
            }
        }

        throw new BenchmarkException($"A question got no answer: {(int)response.StatusCode}.");
    }

    private async Task WaitUntilReadAsync(Guid chatbot, int documents)
    {
        for (var waited = 0; waited < 600; waited++)
        {
            using var sources = JsonDocument.Parse(await http.GetStringAsync($"/api/v1/chatbots/{chatbot}/sources"));
            if (sources.RootElement.GetProperty("items").EnumerateArray().Sum(Ready) >= documents)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        throw new BenchmarkException("The paragraphs were not read in two minutes.");
    }

    private static int Ready(JsonElement source) =>
        source.TryGetProperty("documents", out var documents) ? documents.GetProperty("ready").GetInt32() : source.GetProperty("document_count").GetInt32();

    private async Task<Guid> PostAsync(string address, object body)
    {
        using var response = await http.PostAsJsonAsync(address, body);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode && (answer.TryGetProperty("id", out var id) || (answer.TryGetProperty("items", out var items) && items[0].TryGetProperty("id", out id)))
            ? id.GetGuid()
            : response.IsSuccessStatusCode ? Guid.Empty : throw new BenchmarkException($"{address} answered {(int)response.StatusCode}: {answer}");
    }
}
