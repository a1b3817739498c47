using System.Collections.Concurrent;

namespace Evenkeel.Platform.Privacy;

/// <summary>
/// As <see cref="PassedTexts"/>, asked with characters that are no string yet: what the timeline records are the same few words, tens of thousands of times
/// a second, and they are looked up without making any.
/// </summary>
internal sealed class PassedSpans
{
    private const int Most = 4_000;
    private const int LongestText = 160;
    private const char Between = '\u001f';

    private readonly ConcurrentDictionary<string, bool> _passed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int _count;

    public PassedSpans() => _lookup = _passed.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether <paramref name="judge"/> leaves a text under a field's name as it is.</summary>
    public bool Passes(string field, ReadOnlySpan<char> text, Func<string, string, bool> judge)
    {
        if (field.Length + text.Length > LongestText)
        {
            return judge(field, text.ToString());
        }

        Span<char> key = stackalloc char[LongestText + 1];
        field.CopyTo(key);
        key[field.Length] = Between;
        text.CopyTo(key[(field.Length + 1)..]);
        key = key[..(field.Length + 1 + text.Length)];
        if (_lookup.ContainsKey(key))
        {
            return true;
        }

        if (!judge(field, text.ToString()))
        {
            return false;
        }

        if (_lookup.TryAdd(key, true) && Interlocked.Increment(ref _count) > Most)
        {
            Interlocked.Exchange(ref _count, 0);
            _passed.Clear();
        }

        return true;
    }
}
