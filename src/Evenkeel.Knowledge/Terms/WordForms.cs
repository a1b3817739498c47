namespace Evenkeel.Knowledge.Terms;

/// <summary>
/// What a word becomes in each language: the hash of its stem, or nothing where it is a stop word. Most languages leave a word alone or
/// cut it alike, so the distinct stems are kept once and each language points to one with four bits: about 150 bytes a word.
/// </summary>
internal sealed class WordForms
{
    private const int BitsPerLanguage = 4;
    private const ulong StopWord = 15;

    private readonly ulong _places;
    private readonly ulong[] _stems;

    private WordForms(ulong places, ulong[] stems, string? english, ushort stopLanguages) =>
        (_places, _stems, English, StopLanguages) = (places, stems, english, stopLanguages);

    /// <summary>The English stem in letters; null for an English stop word.</summary>
    public string? English { get; }

    /// <summary>Bit n is set when the word is a stop word of language n.</summary>
    public ushort StopLanguages { get; }

    /// <param name="word">The word itself: kept where the English stem is the same, so that both are one string.</param>
    /// <param name="stems">By stemmer, the first being language 1; null for a stop word.</param>
    public static WordForms Of(string word, ReadOnlySpan<string?> stems)
    {
        var distinct = new List<ulong>(4);
        var places = 0UL;
        ushort stops = 0;
        for (var index = 0; index < stems.Length; index++)
        {
            var place = StopWord;
            if (stems[index] is { } stem)
            {
                var hash = TermHash.OfStem(stem);
                var known = distinct.IndexOf(hash);
                place = (ulong)(known >= 0 ? known : distinct.Count);
                if (known < 0)
                {
                    distinct.Add(hash);
                }
            }
            else
            {
                stops |= (ushort)(1 << (index + 1));
            }

            places |= place << (index * BitsPerLanguage);
        }

        return new WordForms(places, [.. distinct], stems[0] == word ? word : stems[0], stops);
    }

    /// <summary>A word that no language changes: digits.</summary>
    public static WordForms Unchanged(string word) => new(0, [TermHash.OfStem(word)], word, 0);

    /// <summary>The hash of its stem in a language with a stemmer; 0 for a stop word.</summary>
    public ulong StemHash(byte stemmer)
    {
        var place = (_places >> ((stemmer - 1) * BitsPerLanguage)) & StopWord;
        return place == StopWord ? 0 : _stems[place];
    }
}
