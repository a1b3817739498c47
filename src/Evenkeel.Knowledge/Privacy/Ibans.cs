using System.Collections.Frozen;
using Evenkeel.Platform.Privacy;

namespace Evenkeel.Knowledge.Privacy;

/// <summary>Finds where an account number ends: each country has one length (ISO 13616 registry), so words after it stay.</summary>
internal static class Ibans
{
    private static readonly FrozenDictionary<string, int> Lengths = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["AD"] = 24, ["AE"] = 23, ["AT"] = 20, ["BE"] = 16, ["BG"] = 22, ["BR"] = 29, ["CH"] = 21, ["CY"] = 28, ["CZ"] = 24, ["DE"] = 22, ["DK"] = 18,
        ["EE"] = 20, ["ES"] = 24, ["FI"] = 18, ["FR"] = 27, ["GB"] = 22, ["GR"] = 27, ["HR"] = 21, ["HU"] = 28, ["IE"] = 22, ["IL"] = 23, ["IS"] = 26,
        ["IT"] = 27, ["LI"] = 21, ["LT"] = 20, ["LU"] = 20, ["LV"] = 21, ["MC"] = 27, ["MT"] = 31, ["NL"] = 18, ["NO"] = 15, ["PL"] = 28, ["PT"] = 25,
        ["QA"] = 29, ["RO"] = 24, ["RS"] = 22, ["SA"] = 24, ["SE"] = 24, ["SI"] = 19, ["SK"] = 24, ["SM"] = 27, ["TN"] = 24, ["TR"] = 26, ["UA"] = 29,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The end of the account number that begins at <paramref name="start"/>, or null when there is none.</summary>
    public static int? EndOf(string text, int start, string country)
    {
        if (!Lengths.TryGetValue(country, out var length))
        {
            return null;
        }

        var index = start;
        for (var taken = 0; taken < length; index++)
        {
            if (index >= text.Length || !(char.IsAsciiDigit(text[index]) || char.IsAsciiLetterUpper(text[index]) || text[index] == ' '))
            {
                return null;
            }

            taken += text[index] == ' ' ? 0 : 1;
        }

        var isWhole = index >= text.Length || !char.IsAsciiLetterOrDigit(text[index]);
        return isWhole && PersonalNumbers.IsIban(text[start..index]) ? index : null;
    }
}
