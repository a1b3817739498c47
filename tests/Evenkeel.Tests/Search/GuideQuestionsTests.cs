using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Search;
using Evenkeel.Tests.Knowledge;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search;

public sealed class GuideQuestionsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Questions_to_the_guide_find_their_section_among_the_first_three_in_their_language()
    {
        var account = await fixture.Server.RegisterAsync();
        var chatbot = await account.Http.FirstChatbotAsync();
        var files = await FilesAsync(account.Http, chatbot.Id);
        var search = fixture.Server.Services.GetRequiredService<IPassageSearch>();
        var questions = JsonSerializer.Deserialize<List<GuideQuestion>>(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "data", "guide-questions.json"), TestContext.Current.CancellationToken), Wire.Json)!;
        var misses = new List<string>();

        foreach (var question in questions)
        {
            var query = new PassageQuery { OrganizationId = account.SignedIn.Organization.Id, ChatbotId = chatbot.Id, Text = question.Question, Audience = Audience.Member };
            var hits = (await search.SearchAsync(query, TestContext.Current.CancellationToken)).Hits;
            hits.ShouldAllBe(hit => hit.Language == question.Language, question.Question);
            if (!hits.Take(3).Any(hit => $"docs/guide/{files[hit.DocumentId]}" == question.File && hit.HeadingPath.Contains(question.Heading.Replace("`", ""))))
            {
                misses.Add(question.Question);
            }
        }

        questions.Count.ShouldBeGreaterThan(30);
        misses.Count.ShouldBeLessThanOrEqualTo(questions.Count / 10, string.Join('\n', misses));
    }

    private static async Task<Dictionary<Guid, string>> FilesAsync(HttpClient http, Guid chatbotId)
    {
        var source = (await http.GetAsync<Page<KnowledgeSource>>($"/api/v1/chatbots/{chatbotId}/sources")).Items.ShouldHaveSingleItem();
        source.Kind.ShouldBe("guide");
        var documents = await http.GetAsync<Page<KnowledgeDocument>>($"/api/v1/chatbots/{chatbotId}/sources/{source.Id}/documents?limit=100");
        return documents.Items.ToDictionary(document => document.Id, document => document.FileName);
    }

    private sealed record GuideQuestion(string Question, string Language, string File, string Heading, string MustContain);
}
