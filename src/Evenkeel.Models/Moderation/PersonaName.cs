using System.Text.RegularExpressions;

namespace Evenkeel.Models;

/// <summary>The name in a persona: the one part of it that is ever shown.</summary>
public static partial class PersonaName
{
    /// <summary>"You are Ada, …", "Your name is Ada", 「你叫小艾」; null unless it is clearly a name and nothing more.</summary>
    public static string? Find(string persona)
    {
        var match = English().Match(persona);
        if (!match.Success)
            match = Chinese().Match(persona);
        return match.Success ? match.Groups[1].Value.Trim() : null;
    }

    [GeneratedRegex(@"\b(?:[Yy]our name is|[Yy]ou are (?:called|named)|[Yy]ou are)\s+(\p{Lu}[\p{L}\p{N}-]{0,19}(?: \p{Lu}[\p{L}\p{N}-]{0,19}){0,2})(?=\s*(?:[.,;!]|$|\n)|\s+(?:the|an?|who)\b)")]
    private static partial Regex English();

    // A name of twelve characters would be a sentence of the instructions.
    [GeneratedRegex(@"(?:你叫|您叫|名字是|名字叫|名叫)\s*[“「]?([\p{L}\p{N}]{1,10})[”」]?(?=\s*(?:[，。,.；;！!]|$|\n))")]
    private static partial Regex Chinese();
}
