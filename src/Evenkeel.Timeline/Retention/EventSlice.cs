using Evenkeel.Timeline.Recording;

namespace Evenkeel.Timeline.Retention;

/// <summary>A part of one class's time: a day that is a table of its own, or a time between such days, whose rows are in the default partition.</summary>
/// <param name="Retention">The class.</param>
/// <param name="From">Inclusive; null = from the beginning.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Leaf">The day's table, where the slice is all of it.</param>
internal sealed record EventSlice(string Retention, DateTimeOffset? From, DateTimeOffset To, EventLeaf? Leaf)
{
    /// <summary>Everything of a class before <paramref name="cutoff"/>, oldest first.</summary>
    public static IEnumerable<EventSlice> Before(DateTimeOffset cutoff, string retention, IEnumerable<EventLeaf> leaves)
    {
        DateTimeOffset? reached = null;
        foreach (var leaf in leaves.Where(leaf => leaf.Retention == retention && leaf.From < cutoff).OrderBy(leaf => leaf.Day))
        {
            if (reached != leaf.From)
            {
                yield return new EventSlice(retention, reached, leaf.From, null);
            }

            yield return leaf.To <= cutoff ? new EventSlice(retention, leaf.From, leaf.To, leaf) : new EventSlice(retention, leaf.From, cutoff, null);
            reached = leaf.To;
        }

        if (reached is null || reached < cutoff)
        {
            yield return new EventSlice(retention, reached, cutoff, null);
        }
    }
}
