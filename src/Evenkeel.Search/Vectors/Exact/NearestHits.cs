using System.Numerics.Tensors;

namespace Evenkeel.Search.Vectors.Exact;

/// <summary>Keeps the nearest so many of what passes by: a heap whose top is the farthest kept.</summary>
internal sealed class NearestHits(int limit)
{
    private readonly PriorityQueue<(Guid Id, float Similarity), float> _kept = new(limit);
    private float _farthest = float.NegativeInfinity;

    /// <summary>Compares a question with vectors that stand one after another.</summary>
    public void Scan(ReadOnlySpan<float> question, ReadOnlySpan<float> vectors, ReadOnlySpan<Guid> ids)
    {
        for (var place = 0; place < ids.Length; place++)
        {
            var similarity = TensorPrimitives.Dot(question, vectors.Slice(place * question.Length, question.Length));
            if (similarity > _farthest || _kept.Count < limit)
            {
                Keep(ids[place], similarity);
            }
        }
    }

    /// <summary>What was kept, nearest first; ids decide between equals, so that the same question gives the same order.</summary>
    public IReadOnlyList<VectorHit> ToHits() =>
        [.. _kept.UnorderedItems.Select(item => new VectorHit(item.Element.Id, item.Element.Similarity))
            .OrderByDescending(hit => hit.Similarity).ThenBy(hit => hit.PassageId)];

    private void Keep(Guid id, float similarity)
    {
        if (_kept.Count < limit)
        {
            _kept.Enqueue((id, similarity), similarity);
        }
        else
        {
            _kept.EnqueueDequeue((id, similarity), similarity);
        }

        _farthest = _kept.Peek().Similarity;
    }
}
