namespace Evenkeel.Catalog.Questions.Phrases;

/// <summary>Rules by what they may begin with; the longest match counts, of equally long ones the first.</summary>
internal sealed class RuleTable<TReading>
{
    private readonly Dictionary<char, List<Rule>> _byFirst = [];
    private readonly List<Rule> _others = [];

    public RuleTable(IEnumerable<(Pattern Pattern, TReading Reading)> rules)
    {
        var order = 0;
        foreach (var (pattern, reading) in rules)
        {
            var rule = new Rule(pattern, reading, order++);
            if (pattern.FirstCharacters is not { } first)
            {
                _others.Add(rule);
                continue;
            }

            foreach (var character in first.Distinct())
            {
                (_byFirst.TryGetValue(character, out var list) ? list : _byFirst[character] = []).Add(rule);
            }
        }
    }

    /// <summary>Calls <paramref name="found"/> with each rule that matches at a place.</summary>
    public void MatchAt(QuestionText text, int start, Found found)
    {
        Span<int> values = stackalloc int[Pattern.MostValues];
        if (_byFirst.TryGetValue(text[start], out var rules))
        {
            Match(rules, text, start, values, found);
        }

        Match(_others, text, start, values, found);
    }

    private static void Match(List<Rule> rules, QuestionText text, int start, Span<int> values, Found found)
    {
        foreach (var rule in rules)
        {
            values.Clear();
            if (rule.Pattern.Match(text, start, values) is >= 0 and var end)
            {
                found(rule.Reading, values, end, rule.Order);
            }
        }
    }

    /// <summary>A rule matched up to <paramref name="end"/>.</summary>
    public delegate void Found(TReading reading, ReadOnlySpan<int> values, int end, int order);

    private sealed record Rule(Pattern Pattern, TReading Reading, int Order);
}
