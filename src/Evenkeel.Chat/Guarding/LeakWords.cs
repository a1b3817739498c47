using System.Text;
using Evenkeel.Models;

namespace Evenkeel.Chat.Guarding;

/// <summary>A word, or a single Chinese character, of a text.</summary>
/// <param name="Text">Folded: case, width, accents and look-alikes do not matter.</param>
/// <param name="Start">Its first character in the text it came from.</param>
/// <param name="End">Behind its last.</param>
internal readonly record struct LeakWord(string Text, int Start, int End)
{
    public bool IsHan => CharacterFolding.IsHan(Text[0]);

    /// <summary>In half words: two Chinese characters say about what one English word says.</summary>
    public int Weight => IsHan ? 1 : 2;
}

/// <summary>
/// Cuts a text that arrives in pieces into words. Citations like [1] do not count, so that nothing is hidden between them; apostrophes
/// are part of a word.
/// </summary>
internal sealed class LeakWords
{
    private readonly StringBuilder _word = new();
    private int _start;
    private int _position;
    private char _highSurrogate;
    private bool _isLabel;

    /// <summary>Where the word that has not ended yet begins; the end of the text when there is none.</summary>
    public int OpenFrom => _word.Length > 0 ? _start : _position;

    /// <summary>All words of a whole text.</summary>
    public static List<LeakWord> Of(string text)
    {
        var words = new List<LeakWord>(text.Length / 4);
        var cutter = new LeakWords();
        cutter.Take(text, words);
        cutter.End(words);
        return words;
    }

    /// <summary>Adds the words that ended.</summary>
    public void Take(string text, List<LeakWord> words)
    {
        foreach (var character in text)
        {
            if (char.IsHighSurrogate(character))
            {
                _highSurrogate = character;
            }
            else
            {
                var rune = char.IsLowSurrogate(character) && Rune.TryCreate(_highSurrogate, character, out var pair) ? pair
                    : Rune.TryCreate(character, out var single) ? single : Rune.ReplacementChar;
                Take(CharacterFolding.Fold(rune), _position - rune.Utf16SequenceLength + 1, words);
                _highSurrogate = '\0';
            }

            _position++;
        }
    }

    /// <summary>Adds the last word.</summary>
    public void End(List<LeakWord> words)
    {
        if (_word.Length > 0)
        {
            words.Add(new LeakWord(_word.ToString(), _start, _position));
            _word.Clear();
        }
    }

    private void Take(char folded, int start, List<LeakWord> words)
    {
        if (folded is CharacterFolding.Invisible or '\'' or '’')
        {
            return;
        }

        if (!char.IsLetterOrDigit(folded))
        {
            if (folded == ']' && _isLabel && _word.ToString().All(char.IsAsciiDigit))
            {
                _word.Clear();
            }

            EndAt(start, words);
            _isLabel = folded == '[';
        }
        else if (CharacterFolding.IsHan(folded))
        {
            EndAt(start, words);
            _isLabel = false;
            words.Add(new LeakWord(folded.ToString(), start, start + 1));
        }
        else
        {
            _start = _word.Length == 0 ? start : _start;
            _word.Append(folded);
        }
    }

    private void EndAt(int end, List<LeakWord> words)
    {
        if (_word.Length > 0)
        {
            words.Add(new LeakWord(_word.ToString(), _start, end));
            _word.Clear();
        }
    }
}
