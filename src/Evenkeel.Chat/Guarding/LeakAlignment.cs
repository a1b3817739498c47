namespace Evenkeel.Chat.Guarding;

/// <summary>
/// Follows, word by word, where an answer runs along a confidential text: local alignment (Smith–Waterman) over only those places that are
/// alive, so a word costs about as much as it occurs there. Words put in, left out or exchanged cost as much as a word that agrees gains:
/// a changed word in three does not hide a quotation, and texts that merely share their language never come near the limit.
/// </summary>
internal sealed class LeakAlignment(ConfidentialText confidential, bool[]? isPublic)
{
    /// <summary>In half words: six words, or twelve Chinese characters, in a row are a leak.</summary>
    public const int Limit = 12;

    /// <summary>From here on text is held back until it is clear how it goes on: three words, or six Chinese characters.</summary>
    public const int Suspicion = 6;

    private const int MostSkipped = 2;

    private Dictionary<int, Place> _alive = [];
    private Dictionary<int, Place> _next = [];

    /// <summary>Whether the answer has repeated too much.</summary>
    public bool IsLeak { get; private set; }

    /// <summary>Where the stretch begins that may become a leak; null when there is none.</summary>
    public int? SuspectFrom { get; private set; }

    public void Take(LeakWord word)
    {
        _next.Clear();
        foreach (var (position, place) in _alive)
        {
            // A word more in the answer, or another word in the place of one.
            Keep(position, place with { Score = place.Score - word.Weight });
            Keep(position + 1, place with { Score = place.Score - word.Weight });
            Follow(position, place, word);
        }

        foreach (var position in confidential.PositionsOf(word.Text))
        {
            Keep(position, new Place(Gain(position, word), word.Start));
        }

        (_alive, _next) = (_next, _alive);
        Judge();
    }

    private void Follow(int position, Place place, LeakWord word)
    {
        var skipped = 0;
        for (var next = position + 1; next <= position + 1 + MostSkipped && next < confidential.Words.Count; next++)
        {
            var expected = confidential.Words[next];
            if (expected.Text.Length == 0)
            {
                return;
            }

            if (expected.Text == word.Text)
            {
                Keep(next, place with { Score = place.Score - skipped + Gain(next, word) });
            }

            skipped += expected.Weight;
        }
    }

    private int Gain(int position, LeakWord word) => isPublic?[position] == true ? 0 : word.Weight;

    private void Keep(int position, Place place)
    {
        if (place.Score > 0 && position < confidential.Words.Count && confidential.Words[position].Text.Length > 0
            && (!_next.TryGetValue(position, out var other) || other.Score < place.Score))
        {
            _next[position] = place;
        }
    }

    private void Judge()
    {
        SuspectFrom = null;
        foreach (var place in _alive.Values)
        {
            IsLeak |= place.Score >= Limit;
            if (place.Score >= Suspicion && !(SuspectFrom < place.Start))
            {
                SuspectFrom = place.Start;
            }
        }
    }

    private readonly record struct Place(int Score, int Start);
}
