using System.Text;

namespace Evenkeel.Knowledge.Terms;

/// <summary>
/// What speaks for the languages of a text: its writing, and for Latin letters whose stop words it has. A stop word that several languages
/// share ("in", "die") speaks for each of them by its share only. Which language it is, different stop words tell, each once: a text that names
/// Los Angeles ten times is not Spanish.
/// </summary>
internal struct LanguageEvidence
{
    /// <summary>Stop words that make the language of a passage certain: more than one, which may be the name of something in code.</summary>
    public const float EnoughForPassage = 1.5f;

    /// <summary>Of a question, which is short and has nothing else to be guessed by: a word that two languages share will do.</summary>
    public const float EnoughForQuestion = 0.5f;

    /// <summary>Running text has a stop word in two or three; a listing with one in twenty words is not in that language.</summary>
    private const float LeastShare = 0.05f;

    private Weights _stopWords;
    private Weights _differentStopWords;
    private int _han;
    private int _kana;
    private int _hangul;
    private int _cyrillic;
    private int _otherLetters;
    private int _latinWords;

    /// <summary>Counts the letters of a folded text.</summary>
    public void AddWriting(string text)
    {
        var inLatinWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isLatin = rune.Value is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= 0xC0 and <= 0x24F);
            _latinWords += isLatin && !inLatinWord ? 1 : 0;
            inLatinWord = isLatin;
            if (!isLatin && rune.Value > 0x7F)
            {
                AddOther(rune);
            }
        }
    }

    /// <summary>Counts a word that may be a stop word.</summary>
    /// <param name="forms">The word.</param>
    /// <param name="isFirst">Whether the text has it for the first time.</param>
    public void AddWord(WordForms forms, bool isFirst)
    {
        int languages = forms.StopLanguages;
        if (languages == 0)
        {
            return;
        }

        var share = 1f / System.Numerics.BitOperations.PopCount((uint)languages);
        for (; languages != 0; languages &= languages - 1)
        {
            var language = System.Numerics.BitOperations.TrailingZeroCount(languages);
            _stopWords[language] += share;
            _differentStopWords[language] += isFirst ? share : 0;
        }
    }

    /// <summary>Takes over what speaks for the languages of another part of the same text.</summary>
    public void Add(LanguageEvidence other)
    {
        for (var language = 0; language <= Languages.Stemmers; language++)
        {
            _stopWords[language] += other._stopWords[language];
            _differentStopWords[language] += other._differentStopWords[language];
        }

        _han += other._han;
        _kana += other._kana;
        _hangul += other._hangul;
        _cyrillic += other._cyrillic;
        _otherLetters += other._otherLetters;
        _latinWords += other._latinWords;
    }

    /// <summary>
    /// The language; null when the text says too little: only names and numbers, or code. More unspaced characters than Latin words make it
    /// Chinese, Japanese or Korean: documentation mixes identifiers into such sentences, and a word of theirs is about two characters.
    /// </summary>
    /// <param name="enough">Stop words in Latin letters that it takes.</param>
    public readonly byte? Language(float enough)
    {
        var unspaced = _han + _kana + _hangul;
        if (_otherLetters > unspaced + _cyrillic + (_latinWords * 4))
        {
            return Languages.Undetermined;
        }

        if (unspaced > _latinWords && unspaced > _cyrillic)
        {
            // Japanese mixes kana into Han; a Chinese text may quote a Japanese name.
            return _hangul > _han + _kana ? Languages.Korean : _kana * 8 > _han ? Languages.Japanese : Languages.Chinese;
        }

        return _cyrillic > _latinWords * 4 ? Languages.Russian : OfStopWords(enough);
    }

    /// <summary>Whether the text may be in a language by its writing: words in Latin letters alone are not Chinese, Japanese or Korean.</summary>
    public readonly bool CanBe(byte language) =>
        language is not (Languages.Chinese or Languages.Japanese or Languages.Korean) || _latinWords == 0 || _han + _kana + _hangul > 0;

    /// <summary>Whether there are words in Latin letters at all.</summary>
    public readonly bool HasLatinWords => _latinWords > 0;

    private readonly byte? OfStopWords(float enough)
    {
        byte best = 0;
        for (byte language = 1; language <= Languages.Stemmers; language++)
        {
            best = _differentStopWords[language] > _differentStopWords[best] ? language : best;
        }

        return best > 0 && _stopWords[best] >= Math.Max(enough, _latinWords * LeastShare) ? best : null;
    }

    private void AddOther(Rune rune)
    {
        if (Script.IsHan(rune.Value))
        {
            _han++;
        }
        else if (rune.Value is (>= 0x3041 and <= 0x3096) or (>= 0x30A1 and <= 0x30FE))
        {
            _kana++;
        }
        else if (rune.Value is >= 0xAC00 and <= 0xD7A3)
        {
            _hangul++;
        }
        else if (rune.Value is >= 0x400 and <= 0x52F)
        {
            _cyrillic++;
        }
        else if (Rune.IsLetter(rune))
        {
            _otherLetters++;
        }
    }

    [System.Runtime.CompilerServices.InlineArray(Languages.Stemmers + 1)]
    private struct Weights
    {
        private float _first;
    }
}
