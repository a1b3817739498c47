using System.Text.Json;
using Evenkeel.Chat.Guarding;
using Evenkeel.Chat.Stages;
using Evenkeel.Models;
using Evenkeel.Tests.Architecture;
using Evenkeel.Tests.Models;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Moderation;

/// <summary>A large piece of ordinary text in both languages: the user guide, as answers and as questions.</summary>
public sealed class GuideTests
{
    private static readonly IModeration Moderation = ChatModelHarness.Services(null).GetRequiredService<IModeration>();

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "guide"), "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void All_of_it_may_be_said(string file)
    {
        var text = Repository.Read(file);
        var watch = new LeakWatch(ConfidentialText.Of(new PromptTexts().AllTexts), () => []);

        for (var start = 0; start < text.Length; start += 20)
        {
            watch.Take(text.Substring(start, Math.Min(20, text.Length - start)));
            Moderation.CheckByRules(text[Math.Max(0, start - 300)..Math.Min(text.Length, start + 48)], ModeratedText.Answer).Category.ShouldBeNull();
        }

        watch.End();
        watch.IsLeak.ShouldBeFalse();
        watch.SafeLength.ShouldBe(text.Length);
    }

    [Fact]
    public void All_of_it_may_be_asked()
    {
        using var questions = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "guide-questions.json")));

        foreach (var question in questions.RootElement.EnumerateArray().Select(entry => entry.GetProperty("question").GetString()!))
        {
            Moderation.CheckByRules(question, ModeratedText.Question).Category.ShouldBeNull(question);
        }
    }
}
