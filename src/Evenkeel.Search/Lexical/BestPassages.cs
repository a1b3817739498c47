namespace Evenkeel.Search.Lexical;

/// <summary>A passage by its place in an index.</summary>
internal readonly record struct IndexPlace(int View, int Place);

/// <summary>A passage found, by its place in the index.</summary>
internal readonly record struct ScoredPassage(IndexPlace At, double Score);

/// <summary>
/// Keeps the best few of many: a heap whose root is the worst of those kept. Of equals the one that stands first in the documents stays,
/// so that the order does not depend on how the index came to be.
/// </summary>
internal sealed class BestPassages(PassageIndex index, int limit) : IComparer<ScoredPassage>
{
    private readonly List<ScoredPassage> _heap = new(Math.Min(limit, 128));

    /// <summary>What a score must reach to be worth offering.</summary>
    public float Worst { get; private set; } = limit == 0 ? float.PositiveInfinity : float.NegativeInfinity;

    public void Offer(IndexPlace at, double score)
    {
        var offered = new ScoredPassage(at, score);
        if (_heap.Count < limit)
        {
            _heap.Add(offered);
            Rise(_heap.Count - 1);
        }
        else if (limit > 0 && Compare(offered, _heap[0]) < 0)
        {
            _heap[0] = offered;
            Sink();
        }

        if (_heap.Count == limit && limit > 0)
        {
            Worst = (float)_heap[0].Score;
        }
    }

    /// <summary>What was kept, best first.</summary>
    public List<ScoredPassage> Descending()
    {
        var passages = new List<ScoredPassage>(_heap);
        passages.Sort(this);
        return passages;
    }

    /// <summary>Less than 0 when <paramref name="x"/> is the better one.</summary>
    public int Compare(ScoredPassage x, ScoredPassage y)
    {
        var byScore = y.Score.CompareTo(x.Score);
        return byScore != 0 ? byScore : index.CompareKeys(x.At, y.At);
    }

    private void Rise(int child)
    {
        while (child > 0 && Compare(_heap[child], _heap[(child - 1) / 2]) > 0)
        {
            (_heap[child], _heap[(child - 1) / 2]) = (_heap[(child - 1) / 2], _heap[child]);
            child = (child - 1) / 2;
        }
    }

    private void Sink()
    {
        for (var parent = 0; ;)
        {
            var child = (2 * parent) + 1;
            if (child >= _heap.Count)
            {
                return;
            }

            child += child + 1 < _heap.Count && Compare(_heap[child + 1], _heap[child]) > 0 ? 1 : 0;
            if (Compare(_heap[child], _heap[parent]) <= 0)
            {
                return;
            }

            (_heap[child], _heap[parent]) = (_heap[parent], _heap[child]);
            parent = child;
        }
    }
}
