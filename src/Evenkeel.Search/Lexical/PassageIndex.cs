using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Search.Lexical;

/// <summary>
/// The index of one chatbot's passages as its knowledge stands at one version; immutable. It consists of segments: a change adds one with what is
/// new and marks in the others what has gone. Statistics are those of the whole, so that ranking does not depend on how it is cut.
/// </summary>
internal sealed class PassageIndex
{
    private const long BytesOfEmptyIndex = 1_000;

    private readonly float[][] _lengths;
    private readonly Lazy<Dictionary<Guid, IndexPlace>> _placesById;

    private PassageIndex(long version, IReadOnlyList<SegmentView> views, RankingWeights weights)
    {
        (Version, Views, Weights) = (version, views, weights);
        foreach (var view in views)
        {
            Statistics.Add(view.Statistics);
        }

        _lengths = [.. views.Select(RelativeLengths)];
        _placesById = new Lazy<Dictionary<Guid, IndexPlace>>(PlacesById);
        Bytes = BytesOfEmptyIndex + views.Sum(view => view.Bytes + (view.Segment.Count * 4L));
    }

    public long Version { get; }

    public IReadOnlyList<SegmentView> Views { get; }

    public RankingWeights Weights { get; }

    public CollectionStatistics Statistics { get; } = new();

    /// <summary>Memory it takes.</summary>
    public long Bytes { get; }

    /// <summary>Passages that answer.</summary>
    public int Count => Statistics.Passages;

    public static PassageIndex Empty(RankingWeights weights) => new(-1, [], weights);

    /// <summary>The documents of a state that are not in the index yet.</summary>
    public List<LiveDocument> Missing(KnowledgeState state)
    {
        var known = Views.SelectMany(view => view.LiveDocuments()).ToHashSet();
        return [.. state.Documents.Where(document => !known.Contains(new SegmentDocument(document.Id, document.Revision)))];
    }

    /// <summary>The index of a newer state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="added">The passages of what was <see cref="Missing"/>; null for none.</param>
    public PassageIndex Next(KnowledgeState state, Segment? added)
    {
        var sources = state.Documents.ToDictionary(document => new SegmentDocument(document.Id, document.Revision), document => document.SourceId);
        bool IsLive(SegmentDocument document) => sources.ContainsKey(document);
        bool IsPrivate(SegmentDocument document) => sources.TryGetValue(document, out var source) && state.PrivateSources.Contains(source);
        var views = Views.Select(view => SegmentView.Of(view.Segment, view, IsLive, IsPrivate)).Where(view => view.LiveDocuments().Any()).ToList();
        if (added is not null)
        {
            views.Add(SegmentView.Of(added, null, IsLive, IsPrivate));
        }

        return new PassageIndex(state.Version, views, Weights);
    }

    /// <summary>The same with some segments replaced by one that holds what answers of them; null when they are not as they were any more.</summary>
    public PassageIndex? WithMerged(IReadOnlyCollection<SegmentView> merged, SegmentView result) =>
        merged.All(Views.Contains) ? new PassageIndex(Version, [.. Views.Where(view => !merged.Contains(view)), result], Weights) : null;

    /// <summary>The length of each passage of a view, as a multiple of the mean of its language.</summary>
    public ReadOnlySpan<float> LengthsOf(int view) => _lengths[view];

    /// <summary>The order of the documents, whatever the segments.</summary>
    public int CompareKeys(IndexPlace x, IndexPlace y)
    {
        var (first, second) = (Views[x.View].Segment, Views[y.View].Segment);
        var byDocument = first.Documents[first.DocumentOf[x.Place]].Id.CompareTo(second.Documents[second.DocumentOf[y.Place]].Id);
        return byDocument != 0 ? byDocument : first.Ordinals[x.Place].CompareTo(second.Ordinals[y.Place]);
    }

    /// <summary>Where a passage stands; null when it does not answer any more.</summary>
    public IndexPlace? Find(Guid passageId) => _placesById.Value.TryGetValue(passageId, out var place) ? place : null;

    private float[] RelativeLengths(SegmentView view)
    {
        var averages = new double[Languages.Korean + 1];
        for (byte language = 0; language < averages.Length; language++)
        {
            averages[language] = Statistics.AverageLength(language);
        }

        var lengths = new float[view.Segment.Count];
        for (var place = 0; place < lengths.Length; place++)
        {
            lengths[place] = (float)(view.Segment.Lengths[place] / averages[view.Segment.Languages[place]]);
        }

        return lengths;
    }

    private Dictionary<Guid, IndexPlace> PlacesById()
    {
        var places = new Dictionary<Guid, IndexPlace>(Count);
        for (var view = 0; view < Views.Count; view++)
        {
            for (var place = 0; place < Views[view].Segment.Count; place++)
            {
                if (Views[view].IsLive(place))
                {
                    places[Views[view].Segment.Ids[place]] = new IndexPlace(view, place);
                }
            }
        }

        return places;
    }
}
