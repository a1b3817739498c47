namespace Evenkeel.Models;

/// <summary>Tokens of a text without a tokenizer: about four Latin characters, or one Han character, each. High rather than low.</summary>
public static class TokenEstimate
{
    private const double LatinCharactersPerToken = 3.6;

    /// <summary>The estimate for <paramref name="text"/>.</summary>
    public static int Of(string text)
    {
        var wide = 0;
        foreach (var character in text)
        {
            if (character > '\u2e7f')
            {
                wide++;
            }
        }

        return wide + (int)Math.Ceiling((text.Length - wide) / LatinCharactersPerToken);
    }
}
