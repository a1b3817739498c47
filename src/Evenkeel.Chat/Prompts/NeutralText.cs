using System.Text.RegularExpressions;

namespace Evenkeel.Chat.Prompts;

/// <summary>Disarms text of others before it goes into a prompt.</summary>
internal static partial class NeutralText
{
    /// <summary>A text without forged marks, labels and control words.</summary>
    public static string Of(string text) => Labels(WithoutMarks(text));

    /// <summary>The same for a title: on one line, so that it cannot begin a passage of its own.</summary>
    public static string Line(string text) => Of(Breaks.Replace(text, " "));

    /// <summary>An earlier message: its labels belonged to other passages than those of this turn.</summary>
    public static string Earlier(string text, bool isUser) => isUser ? WithoutMarks(text) : Labels(WithoutMarks(text), label => "");

    /// <summary>Marks of passages, and the control words by which models' formats tell who speaks: some servers take them from anywhere in the text.</summary>
    private static string WithoutMarks(string text) =>
        text.Contains('<', StringComparison.Ordinal) || text.Contains('[', StringComparison.Ordinal)
            ? Marks.Replace(text, match => match.Value.Replace('<', '‹').Replace('>', '›').Replace('[', '(').Replace(']', ')'))
            : text;

    // In code brackets are code: a forged label there convinces nobody, and an index that became a call would mislead whoever asks about it.
    private static string Labels(string text, MatchEvaluator? replace = null) =>
        LabelOrCode.Replace(text, match => !match.Groups["label"].Success ? match.Value : replace?.Invoke(match) ?? $" ({match.Groups["label"].Value})");

    [GeneratedRegex(
        @"<\s*/?\s*documents?\b[^>\n]{0,80}>?|<\|[^|\n]{1,40}\|>|<\|im_|\[/?INST\]|<</?SYS>>|</?(?:start_of_turn|end_of_turn|s|system|user|assistant|tool|tool_call|tool_response|function)>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marks { get; }

    [GeneratedRegex(@"```[\s\S]*?```|`[^`\n]+`|\s?[\[【［](?<label>\^?[0-9]{1,3}(?:†[^\]】］]{0,24})?(?: ?[,;，、；\-–—~] ?[0-9]{1,3})*)[\]】］](?!\()", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LabelOrCode { get; }

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex Breaks { get; }
}
