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
        foreach (var character in name.Normalize(NormalizationForm.FormKD))
        {
            switch (CharUnicodeInfo.GetUnicodeCategory(character))
            {
                case UnicodeCategory.NonSpacingMark:
                    break;
                case UnicodeCategory.OtherPunctuation when character is '\'' or '’' or '.':
                    break;
                default:
                    Append(folded, char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character) : ' ');
                    break;
            }
        }

        return folded.ToString().TrimEnd();
    }

    private static void Append(StringBuilder folded, char character)
    {
        if (character == 'ß')
        {
            folded.Append("ss");
        }
        else if (character != ' ' || (folded.Length > 0 && folded[^1] != ' '))
        {
            folded.Append(character);
        }
    }
}
