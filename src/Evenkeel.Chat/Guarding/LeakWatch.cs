namespace Evenkeel.Chat.Guarding;

/// <summary>Watches an answer that arrives in pieces for a confidential text, and says how much of it may be shown.</summary>
/// <param name="confidential">What must not be repeated.</param>
/// <param name="publicTexts">Texts that the person has or is to be given; read only when something looks like a leak.</param>
internal sealed class LeakWatch(ConfidentialText confidential, Func<IEnumerable<string>> publicTexts)
{
    private readonly LeakWords _cutter = new();
    private readonly List<LeakWord> _words = [];
    private readonly SpelledOutLeaks _spelled = new(confidential);
    private readonly EncodedLeaks _encoded = new(confidential);
    private LeakAlignment _alignment = new(confidential, isPublic: null);
    private bool _knowsPublic;
    private int _length;

    public bool IsLeak { get; private set; }

    /// <summary>Characters of the text so far that may be shown; what follows may still become a leak.</summary>
    public int SafeLength => Earliest(_alignment.SuspectFrom, _spelled.SuspectFrom, _encoded.SuspectFrom, LongWordFrom) ?? _length;

    // A word of this length that has not ended may be a whole text written without gaps.
    private int? LongWordFrom => _length - _cutter.OpenFrom >= 16 ? _cutter.OpenFrom : null;

    /// <summary>The same watch for another answer.</summary>
    public LeakWatch Anew() => new(confidential, publicTexts);

    /// <summary>The next piece.</summary>
    public void Take(string text)
    {
        _length += text.Length;
        var before = _words.Count;
        _cutter.Take(text, _words);
        _encoded.Take(text);
        Follow(before);
    }

    /// <summary>Nothing follows.</summary>
    public void End()
    {
        var before = _words.Count;
        _cutter.End(_words);
        _encoded.End();
        Follow(before);
    }

    private void Follow(int from)
    {
        for (var index = from; index < _words.Count && !IsLeak; index++)
        {
            _alignment.Take(_words[index]);
            _spelled.Take(_words[index]);
            IsLeak = _spelled.IsLeak || _encoded.IsLeak || (_alignment.IsLeak && !IsExcused(index));
        }

        IsLeak |= _encoded.IsLeak;
    }

    /// <summary>What looks like a leak is followed again without what is public anyway. From then on that is left out at once.</summary>
    private bool IsExcused(int last)
    {
        if (_knowsPublic)
        {
            return false;
        }

        _knowsPublic = true;
        _alignment = new LeakAlignment(confidential, confidential.FindPublic(publicTexts()));
        for (var index = 0; index <= last; index++)
        {
            _alignment.Take(_words[index]);
        }

        return !_alignment.IsLeak;
    }

    private static int? Earliest(params ReadOnlySpan<int?> positions)
    {
        int? earliest = null;
        foreach (var position in positions)
        {
            earliest = position < earliest || earliest is null ? position ?? earliest : earliest;
        }

        return earliest;
    }
}
