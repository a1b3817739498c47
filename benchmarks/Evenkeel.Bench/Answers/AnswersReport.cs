using Spectre.Console;

namespace Evenkeel.Bench.Answers;

/// <summary>How many responses hold the gold answer.</summary>
internal sealed record AnswerFigures
{
    public required string Language { get; init; }

    /// <summary>What the chatbot knew: <c>paragraph</c> (the right one alone), <c>all</c>, or <c>others'</c> (those of other articles).</summary>
    public required string Knowledge { get; init; }

    /// <summary>Which paragraphs' questions: <c>1..120</c>, <c>121..240</c> or <c>all</c>.</summary>
    public required string Part { get; init; }
    public required int Questions { get; init; }

    /// <summary>Share whose response contains a gold answer; only white space, case and punctuation are normalised.</summary>
    public required double Containment { get; init; }

    /// <summary>Share answered with "I do not know".</summary>
    public required double Unknown { get; init; }
    public required double MeanCharacters { get; init; }
}

/// <summary>Everything <c>./bench answers</c> found.</summary>
internal sealed record AnswersReport
{
    public required string Machine { get; init; }
    public required IReadOnlyList<AnswerFigures> Figures { get; init; }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine($"{Machine}; the built-in responder through the whole server, no model");
        var table = new Table().Title("Exact containment of the gold answer");
        table.AddColumns("language", "knowledge", "paragraphs", "questions", "containment", "not known", "mean characters");
        foreach (var row in Figures)
        {
            table.AddRow(
                row.Language, row.Knowledge, row.Part, $"{row.Questions}", $"{row.Containment:0.0000}", $"{row.Unknown:0.0000}", $"{row.MeanCharacters:0.0}");
        }

        console.Write(table);
    }
}
