using System.Globalization;
using System.Text;

namespace Evenkeel.ScriptedModel;

/// <summary>An answer as tokens.</summary>
internal static class Answer
{
    public static IReadOnlyList<string> Tokens(Behaviour behaviour, int defaultTokens) =>
        behaviour.Kind == BehaviourKind.Empty || behaviour is { ToolCalls: not null, Text: null } ? []
        : behaviour.Text is { } text ? Split(text)
        : Count(behaviour.Tokens ?? defaultTokens);

    private static string[] Count(int tokens) =>
        [.. Enumerable.Range(1, tokens).Select(number => (number == 1 ? "word" : " word") + number.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Words with the space before them; characters outside ASCII one by one, as models do with Chinese.</summary>
    private static List<string> Split(string text)
    {
        var tokens = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (word.Length > 0 && (Rune.IsWhiteSpace(rune) || !rune.IsAscii))
            {
                tokens.Add(word.ToString());
                word.Clear();
            }
            word.Append(rune);
        }
        if (word.Length > 0)
            tokens.Add(word.ToString());
        return tokens;
    }
}
