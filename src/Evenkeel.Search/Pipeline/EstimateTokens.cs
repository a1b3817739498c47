namespace Evenkeel.Search.Pipeline;

/// <summary>Tokens of a text without a tokenizer: about four Latin characters, or one Han character, each. High rather than low.</summary>
internal static class EstimateTokens
{
    private const double LatinCharactersPerToken = 3.6;

    /// <summary>The estimate for <paramref name="text"/>.</summary>
    public static int Of(string text)
    {
        var wide = text.Count(character => character > '\u2e7f');
        return wide + (int)Math.Ceiling((text.Length - wide) / LatinCharactersPerToken);
    }
}
