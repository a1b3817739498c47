using System.Text;

namespace Evenkeel.Chat.Guarding;

/// <summary>
/// Sees a confidential text that is spelled letter by letter ("Y o u  a r e", "Y-o-u") or written without gaps ("YouAreAda").
/// </summary>
internal sealed class SpelledOutLeaks(ConfidentialText confidential)
{
    // About four words. A single word as long as this is looked up first: it may simply be a long word.
    private const int LettersOfALeak = 18;
    private const int SuspiciousRun = 5;

    private readonly StringBuilder _letters = new();
    private int _start;

    public bool IsLeak { get; private set; }

    /// <summary>Where the run of single letters begins that has not ended; null when there is none.</summary>
    public int? SuspectFrom => _letters.Length >= SuspiciousRun ? _start : null;

    public void Take(LeakWord word)
    {
        if (word.Text.Length == 1 && !word.IsHan)
        {
            _start = _letters.Length == 0 ? word.Start : _start;
            _letters.Append(word.Text);
            IsLeak |= _letters.Length >= LettersOfALeak && Repeats(_letters.ToString(_letters.Length - LettersOfALeak, LettersOfALeak));
            return;
        }

        _letters.Clear();
        if (word.Text.Length >= LettersOfALeak && confidential.PositionsOf(word.Text).Count == 0)
        {
            for (var from = 0; !IsLeak && from + LettersOfALeak <= word.Text.Length; from++)
            {
                IsLeak = Repeats(word.Text.Substring(from, LettersOfALeak));
            }
        }
    }

    private bool Repeats(string letters) => confidential.Squeezed.Any(text => text.Contains(letters, StringComparison.Ordinal));
}
