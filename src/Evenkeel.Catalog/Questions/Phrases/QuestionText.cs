namespace Evenkeel.Catalog.Questions.Phrases;

/// <summary>A run of letters and digits of a writing with spaces.</summary>
/// <param name="Start">First character.</param>
/// <param name="End">Behind the last.</param>
internal readonly record struct Word(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>
/// A question, and beside it the same character by character in lower case with one kind of blank, dash, digit and apostrophe, so that rules need to know one
/// spelling and places in it are places in the question.
/// </summary>
internal sealed class QuestionText
{
    /// <summary>Nobody names a place or a date further on, and whatever a pasted text costs stays small.</summary>
    public const int MostCharacters = 1_000;

    private readonly char[] _plain;
    private readonly int[] _foundEnds;

    public QuestionText(string text)
    {
        var length = Math.Min(text.Length, MostCharacters);
        Original = text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
        _plain = new char[Original.Length];
        _foundEnds = new int[Original.Length];
        for (var index = 0; index < _plain.Length; index++)
        {
            _plain[index] = Plain(Original[index]);
        }

        Words = FindWords();
    }

    public string Original { get; }

    public IReadOnlyList<Word> Words { get; }

    public int Length => _plain.Length;

    /// <summary>The plain character; a blank outside the text.</summary>
    public char this[int index] => index >= 0 && index < _plain.Length ? _plain[index] : ' ';

    /// <summary>Notes a phrase for rules made of phrases.</summary>
    public void NoteFound(int start, int end) => _foundEnds[start] = end;

    /// <summary>Behind the phrase that begins here; 0 where none does.</summary>
    public int FoundEnd(int start) => start >= 0 && start < _foundEnds.Length ? _foundEnds[start] : 0;

    public ReadOnlySpan<char> Range(int start, int end) => _plain.AsSpan(start, end - start);

    public ReadOnlySpan<char> Of(Word word) => Range(word.Start, word.End);

    public bool StartsCapital(int index) => index < Original.Length && char.IsUpper(Original[index]);

    /// <summary>Chinese characters, and those of Japanese besides.</summary>
    public static bool IsHan(char character) => character is (>= '\u3400' and <= '\u9FFF') or '\u3005' or '\u3007';

    public static bool IsWordCharacter(char character) => !IsHan(character) && char.IsLetterOrDigit(character);

    /// <summary>Whether a sentence begins here: a capital says nothing then.</summary>
    public bool BeginsSentence(int index)
    {
        do
        {
            index--;
        }
        while (index >= 0 && this[index] is ' ' or '"' or '(' or '\'');
        return index < 0 || this[index] is '.' or '?' or '!' or ':' or '。';
    }

    /// <summary>The word that ends directly before this place, blanks aside; empty where something else stands between.</summary>
    public ReadOnlySpan<char> WordBefore(int index)
    {
        var end = index;
        while (end > 0 && this[end - 1] == ' ')
        {
            end--;
        }

        var start = end;
        while (start > 0 && (IsWordCharacter(this[start - 1]) || this[start - 1] == '\''))
        {
            start--;
        }

        return Range(start, end);
    }

    /// <summary>The word that begins directly behind this place, blanks aside; empty where something else comes first.</summary>
    public ReadOnlySpan<char> WordAfter(int index)
    {
        var start = index;
        while (start < Length && this[start] == ' ')
        {
            start++;
        }

        var end = start;
        while (end < Length && IsWordCharacter(this[end]))
        {
            end++;
        }

        return start >= Length ? [] : Range(start, end);
    }

    private List<Word> FindWords()
    {
        var words = new List<Word>();
        for (var start = 0; start < Length; start++)
        {
            if (!IsWordCharacter(this[start]))
            {
                continue;
            }

            var end = start + 1;
            while (end < Length && (IsWordCharacter(this[end]) || char.GetUnicodeCategory(this[end]) == System.Globalization.UnicodeCategory.NonSpacingMark))
            {
                end++;
            }

            words.Add(new Word(start, end));
            start = end - 1;
        }

        return words;
    }

    private static char Plain(char character) => character switch
    {
        >= '\uFF01' and <= '\uFF5E' => char.ToLowerInvariant((char)(character - 0xFEE0)),
        '–' or '—' or '−' or '〜' or '～' or '~' or '‐' or '‑' => '-',
        '’' or '‘' or '`' => '\'',
        '、' or '，' => ',',
        _ when char.IsWhiteSpace(character) => ' ',
        _ => char.ToLowerInvariant(character),
    };
}
