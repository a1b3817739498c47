using System.Globalization;
using System.Text;

namespace Evenkeel.Knowledge.Terms;

/// <summary>A piece of text to search by.</summary>
/// <param name="Text">Lower case.</param>
/// <param name="IsWord">Whether the dictionary has to reduce it to its stem; bigrams are final.</param>
internal readonly record struct Token(string Text, bool IsWord);

/// <summary>
/// Cuts folded text into tokens. Words are runs of letters and digits; identifiers (<c>after_seq</c>, <c>X-Correlation-ID</c>,
/// <c>retryAfter</c>, <c>127.0.0.1</c>) give their parts and, joined, the whole, so that "time-out" and "timeout" meet. Unspaced
/// writing gives bigrams.
/// </summary>
internal ref struct Tokenizer(ReadOnlySpan<char> text, List<Token> tokens)
{
    /// <summary>Longer runs are data (base64, hashes), not words.</summary>
    private const int MostWordCharacters = 64;

    /// <summary>More parts make a path or a row of data; its parts are enough.</summary>
    private const int MostParts = 8;

    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    public static void Run(string folded, List<Token> tokens)
    {
        var tokenizer = new Tokenizer(folded, tokens);
        tokenizer.Run();
    }

    private void Run()
    {
        while (_position < _text.Length)
        {
            Rune.DecodeFromUtf16(_text[_position..], out var rune, out var length);
            if (Script.IsUnspaced(rune.Value))
            {
                ReadUnspaced();
            }
            else if (Script.IsWord(rune))
            {
                ReadCompound();
            }
            else
            {
                _position += length;
            }
        }
    }

    private void ReadUnspaced()
    {
        var start = _position;
        var previous = -1;
        var count = 0;
        while (_position < _text.Length)
        {
            Rune.DecodeFromUtf16(_text[_position..], out var rune, out var length);
            if (!Script.IsUnspaced(rune.Value))
            {
                break;
            }

            if (previous >= 0)
            {
                tokens.Add(new Token(_text[previous..(_position + length)].ToString(), IsWord: false));
            }

            previous = _position;
            _position += length;
            count++;
        }

        if (count == 1)
        {
            tokens.Add(new Token(_text[start.._position].ToString(), IsWord: false));
        }
    }

    private void ReadCompound()
    {
        var word = ReadWord();
        var whole = word;
        var parts = AddParts(word);
        while (true)
        {
            var next = ConnectorEnd(out var kept);
            if (next < 0)
            {
                break;
            }

            if (_text[_position] == '\'')
            {
                SkipContraction(next, word);
                break;
            }

            _position = next;
            word = ReadWord();
            parts += AddParts(word);
            whole = whole.Length > MostWordCharacters ? whole : string.Concat(whole, kept, word);
        }

        if (parts is > 1 and <= MostParts && whole.Length <= MostWordCharacters)
        {
            tokens.Add(new Token(whole.ToLowerInvariant(), IsWord: true));
        }
    }

    /// <summary>A run of letters and digits; digit groups written with commas are one number.</summary>
    private string ReadWord()
    {
        var start = _position;
        var hasCommas = false;
        while (_position < _text.Length)
        {
            Rune.DecodeFromUtf16(_text[_position..], out var rune, out var length);
            if (rune.Value == ',' && IsDigitGroup())
            {
                hasCommas = true;
            }
            else if (!Script.IsWord(rune))
            {
                break;
            }

            _position += length;
        }

        var word = _text[start.._position].ToString();
        return hasCommas ? word.Replace(",", "", StringComparison.Ordinal) : word;
    }

    private readonly bool IsDigitGroup() =>
        _position > 0 && char.IsAsciiDigit(_text[_position - 1])
        && _position + 3 < _text.Length
        && char.IsAsciiDigit(_text[_position + 1]) && char.IsAsciiDigit(_text[_position + 2]) && char.IsAsciiDigit(_text[_position + 3])
        && (_position + 4 >= _text.Length || !char.IsAsciiDigit(_text[_position + 4]));

    /// <summary>Where the next part begins when a connector follows, otherwise -1. Dots stay in the whole: 4.2 is not 42.</summary>
    private readonly int ConnectorEnd(out string kept)
    {
        kept = "";
        var end = _position;
        while (end < _text.Length && _text[end] == '_')
        {
            end++;
        }

        if (end == _position && end < _text.Length && _text[end] is '-' or '.' or '\'')
        {
            kept = _text[end] == '.' ? "." : "";
            end++;
        }

        if (end == _position || end >= _text.Length)
        {
            return -1;
        }

        Rune.DecodeFromUtf16(_text[end..], out var rune, out _);
        return Script.IsWord(rune) ? end : -1;
    }

    /// <summary>"server's" is "server"; "don't" and its like are stop words whole; "l'eau" goes on as another word.</summary>
    private void SkipContraction(int next, string word)
    {
        var end = next;
        while (end < _text.Length && char.IsAsciiLetter(_text[end]))
        {
            end++;
        }

        var suffix = _text[next..end];
        if (suffix is "t" or "T" && word.EndsWith('n'))
        {
            tokens.RemoveAt(tokens.Count - 1);
        }

        _position = suffix is "s" or "S" or "t" or "T" or "d" or "m" or "ll" or "re" or "ve" ? end : next;
    }

    /// <summary>Adds a word, and the words of a camelCase word besides.</summary>
    /// <returns>How many parts there are.</returns>
    private readonly int AddParts(string word)
    {
        if (word.Length > MostWordCharacters)
        {
            return 0;
        }

        var humps = 0;
        var start = 0;
        for (var index = 1; index <= word.Length; index++)
        {
            if (index < word.Length && !IsHump(word, index))
            {
                continue;
            }

            if (start > 0 || index < word.Length)
            {
                tokens.Add(new Token(word[start..index].ToLowerInvariant(), IsWord: true));
                humps++;
            }

            start = index;
        }

        if (humps == 0)
        {
            tokens.Add(new Token(word.ToLowerInvariant(), IsWord: true));
            return 1;
        }

        return humps;
    }

    /// <summary>Whether a new word begins at an upper-case letter: after a lower-case one, or before one (HTTPServer).</summary>
    private static bool IsHump(string word, int index) =>
        char.IsUpper(word[index]) && (char.IsLower(word[index - 1])
            || (char.IsUpper(word[index - 1]) && index + 1 < word.Length && char.GetUnicodeCategory(word[index + 1]) == UnicodeCategory.LowercaseLetter));
}
