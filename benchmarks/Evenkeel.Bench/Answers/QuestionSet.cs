using System.Text.Json;

namespace Evenkeel.Bench.Answers;

/// <summary>A question, and what a right answer contains: one of these.</summary>
internal sealed record GoldQuestion(int Paragraph, string Question, IReadOnlyList<string> Answers);

/// <summary>Paragraphs and questions of a collection in the format of SQuAD, such as XQuAD.</summary>
internal sealed record QuestionSet(string Language, IReadOnlyList<(string Title, string Text)> Paragraphs, IReadOnlyList<GoldQuestion> Questions)
{
    public static QuestionSet Read(string file, string language)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var paragraphs = new List<(string, string)>();
        var questions = new List<GoldQuestion>();
        foreach (var article in document.RootElement.GetProperty("data").EnumerateArray())
        {
            foreach (var paragraph in article.GetProperty("paragraphs").EnumerateArray())
            {
                foreach (var question in paragraph.GetProperty("qas").EnumerateArray())
                {
                    questions.Add(new GoldQuestion(
                        paragraphs.Count, question.GetProperty("question").GetString()!,
                        [.. question.GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("text").GetString()!)]));
                }

                paragraphs.Add((article.GetProperty("title").GetString()!.Replace('_', ' '), paragraph.GetProperty("context").GetString()!));
            }
        }

        return new QuestionSet(language, paragraphs, questions);
    }
}
