using System.Text.RegularExpressions;

namespace Evenkeel.Chat.Quality;

/// <summary>Tells answers that say they have none, in both languages.</summary>
internal static partial class NotAnswered
{
    // Where a refusal stands when it is one; later "could not" is a part of the story.
    private const int Beginning = 240;

    /// <summary>Whether <paramref name="answer"/> is the chatbot's own "I do not know", or says the same in other words and cites nothing.</summary>
    public static bool Says(string answer, string unknownAnswer, bool hasCitation)
    {
        var text = answer.AsSpan().Trim();
        var unknown = unknownAnswer.AsSpan().Trim();
        return text.Length == 0
            || (unknown.Length > 0 && text.StartsWith(unknown, StringComparison.Ordinal))
            || (!hasCitation && Refusal.IsMatch(text[..Math.Min(text.Length, Beginning)]));
    }

    [GeneratedRegex(
        @"\b(do(n['’]t| not) (know|have (an(y)? )?(information|answer|details))|(could|can)(n['’]t| ?not) (find|answer|help|tell|assist|provide)|no (information|answer|mention)|(isn['’]t|is not|are not|not) (mentioned|covered|contained|provided|included|specified|found|available|stated)"
        + @"|unable to (find|answer|help|provide)|(passages|documents|material|sources) (do(es)?(n['’]t| not)) |not sure|sorry, (but )?(I|we) )|不知道|不清楚|没有找到|没找到|未找到|找不到|无法(回答|找到|提供|确定)|没有(提到|提及|说明|相关|包含|这方面)|未(提到|提及|说明|包含)|不能回答|很抱歉|抱歉",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Refusal { get; }
}
