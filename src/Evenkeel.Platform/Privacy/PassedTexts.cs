using System.Collections.Concurrent;

namespace Evenkeel.Platform.Privacy;

/// <summary>
/// Texts that were judged before and passed as they are. Nearly everything that telemetry is given are the same few words of the program again and
/// again, and judging them anew was a visible part of what a turn cost. What was masked or withheld is never kept here.
/// </summary>
internal sealed class PassedTexts
{
    private const int Most = 4_000;

    // Longer texts are hardly ever the same twice.
    private const int LongestText = 160;

    private readonly ConcurrentDictionary<(string Field, string Text), bool> _passed = new();
    private int _count;

    /// <summary>What <paramref name="judge"/> makes of a text under a field's name.</summary>
    public string Judge(string field, string text, Func<string, string, string> judge)
    {
        if (_passed.ContainsKey((field, text)))
        {
            return text;
        }

        var judged = judge(field, text);
        if (text.Length <= LongestText && string.Equals(judged, text, StringComparison.Ordinal) && _passed.TryAdd((field, text), true))
        {
            MakeRoom();
        }

        return judged;
    }

    private void MakeRoom()
    {
        if (Interlocked.Increment(ref _count) > Most)
        {
            Interlocked.Exchange(ref _count, 0);
            _passed.Clear();
        }
    }
}
