namespace Evenkeel.Search.Lexical;

/// <summary>Keeps the best few of many: a heap whose root is the worst of those kept. Of equals the first offered stays.</summary>
internal sealed class BestPassages(int limit)
{
    private readonly PriorityQueue<int, (float Score, int Later)> _kept = new(limit + 1);
    private float _worst = float.NegativeInfinity;

    public void Offer(int place, float score)
    {
        if (_kept.Count < limit)
        {
            _kept.Enqueue(place, (score, -place));
        }
        else if (score > _worst)
        {
            _kept.DequeueEnqueue(place, (score, -place));
        }
        else
        {
            return;
        }

        _kept.TryPeek(out _, out var worst);
        _worst = worst.Score;
    }

    /// <summary>What was kept, best first.</summary>
    public List<ScoredPassage> Descending()
    {
        var passages = new List<ScoredPassage>(_kept.Count);
        while (_kept.TryDequeue(out var place, out var priority))
        {
            passages.Add(new ScoredPassage(place, priority.Score));
        }

        passages.Reverse();
        return passages;
    }
}
