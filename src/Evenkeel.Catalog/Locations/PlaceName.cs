using System.Globalization;
using System.Text;

namespace Evenkeel.Catalog.Locations;

/// <summary>How names of places are compared.</summary>
public static class PlaceName
{
    /// <summary>
    /// Lower case, without accents, hyphens, dots and apostrophes as blanks or nothing, single blanks: "São Paulo" = "sao paulo", "St. Gallen" = "st gallen",
    /// "Aix-en-Provence" = "aix en provence".
    /// </summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            switch (CharUnicodeInfo.GetUnicodeCategory(character))
            {
                case UnicodeCategory.NonSpacingMark:
                    break;
                case var _ when character is '\'' or '’' or '‘' or 'ʻ' or 'ʼ' or '.':
                    break;
                default:
                    Append(folded, character);
                    break;
            }
        }

        return folded.ToString().TrimEnd();
    }

    private static void Append(StringBuilder folded, char character)
    {
        var plain = PlainLetters.Of(character);
        if (plain is 'ß' or 'æ' or 'œ' or 'þ')
        {
            folded.Append(plain switch { 'ß' => "ss", 'æ' => "ae", 'œ' => "oe", _ => "th" });
        }
        else if (char.IsLetterOrDigit(plain) || char.IsSurrogate(plain))
        {
            folded.Append(plain);
        }
        else if (folded.Length > 0 && folded[^1] != ' ')
        {
            folded.Append(' ');
        }
    }
}
