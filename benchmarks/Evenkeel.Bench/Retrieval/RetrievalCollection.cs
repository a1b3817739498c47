using System.Text.Json;

namespace Evenkeel.Bench.Retrieval;

/// <summary>A text that may be found.</summary>
internal sealed record CollectionText(string Key, string Title, string Text);

/// <summary>A question with the keys of the texts that answer it.</summary>
/// <param name="Text">The question.</param>
/// <param name="Relevant">Keys of the texts that answer it.</param>
/// <param name="Doubtful">Keys that some count as relevant and some do not.</param>
internal sealed record CollectionQuestion(string Text, IReadOnlySet<string> Relevant, IReadOnlySet<string> Doubtful);

/// <summary>A published collection: texts, questions, and who judged which text to answer which question.</summary>
internal sealed record RetrievalCollection(string Name, IReadOnlyList<CollectionText> Texts, IReadOnlyList<CollectionQuestion> Questions)
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    /// <summary>XQuAD: each question is answered by the paragraph it was asked about. A text that stands twice counts once.</summary>
    public static RetrievalCollection Xquad(string folder, string language)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "xquad", $"xquad.{language}.json")));
        var texts = new Dictionary<string, CollectionText>(StringComparer.Ordinal);
        var questions = new List<CollectionQuestion>();
        foreach (var paragraph in json.RootElement.GetProperty("data").EnumerateArray().SelectMany(article => article.GetProperty("paragraphs").EnumerateArray()))
        {
            var text = paragraph.GetProperty("context").GetString()!;
            texts.TryAdd(text, new CollectionText($"{texts.Count}", "", text));
            var relevant = new HashSet<string> { texts[text].Key };
            questions.AddRange(paragraph.GetProperty("qas").EnumerateArray()
                .Select(question => new CollectionQuestion(question.GetProperty("question").GetString()!, relevant, None)));
        }

        return new RetrievalCollection($"XQuAD {language}", [.. texts.Values], questions);
    }

    /// <summary>Cranfield 1400: abstracts of aerodynamics; questions are judged by their place, and one judgement of each is "-1".</summary>
    public static RetrievalCollection Cranfield(string folder)
    {
        folder = Path.Combine(folder, "cranfield");
        var texts = Records(Path.Combine(folder, "cran.all.1400"))
            .Select(record => new CollectionText(record.Number, record.Fields.GetValueOrDefault("T", ""), record.Fields.GetValueOrDefault("W", ""))).ToList();
        var judgements = File.ReadLines(Path.Combine(folder, "cranqrel"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(parts => parts.Length >= 3)
            .ToLookup(parts => parts[0], parts => (Text: parts[1], IsDoubtful: parts[2] == "-1"));
        var questions = Records(Path.Combine(folder, "cran.qry")).Select((record, place) =>
        {
            var judged = judgements[$"{place + 1}"].ToList();
            return new CollectionQuestion(
                record.Fields["W"],
                judged.Where(judgement => !judgement.IsDoubtful).Select(judgement => judgement.Text).ToHashSet(),
                judged.Where(judgement => judgement.IsDoubtful).Select(judgement => judgement.Text).ToHashSet());
        }).ToList();
        return new RetrievalCollection("Cranfield", texts, questions);
    }

    private static IEnumerable<(string Number, Dictionary<string, string> Fields)> Records(string file)
    {
        foreach (var record in File.ReadAllText(file).Split("\n.I ").Select((part, index) => index == 0 ? part[".I ".Length..] : part))
        {
            var lines = record.Split('\n');
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            var field = "";
            foreach (var line in lines.Skip(1))
            {
                if (line.Length >= 2 && line[0] == '.' && char.IsAsciiLetterUpper(line[1]) && line.Trim().Length == 2)
                {
                    field = line[1..2];
                }
                else
                {
                    fields[field] = fields.TryGetValue(field, out var before) ? $"{before}\n{line}" : line;
                }
            }

            yield return (lines[0].Trim(), fields);
        }
    }
}
