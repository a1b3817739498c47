using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Search.Lexical;

/// <summary>Makes a <see cref="Segment"/> of passages that come one by one, from storage or from other segments.</summary>
internal sealed class SegmentBuilder(RankingWeights weights)
{
    /// <summary>Frequencies are kept in eighths.</summary>
    public const int FrequencyUnits = 8;

    private readonly Dictionary<SegmentDocument, int> _documents = [];
    private readonly TermTable _terms = new();
    private readonly List<Guid> _ids = [];
    private readonly List<int> _documentOf = [];
    private readonly List<int> _ordinals = [];
    private readonly List<byte> _languages = [];
    private readonly List<ushort> _lengths = [];
    private readonly List<int> _forwardFirst = [0];
    private readonly List<int> _forwardTerms = [];
    private readonly List<ushort> _frequencies = [];
    private readonly List<int> _sequenceFirst = [0];
    private readonly List<byte> _sequences = [];

    /// <summary>Notes a document, so that it is known to be here although it may have no passages.</summary>
    public void AddDocument(SegmentDocument document) => _documents.TryAdd(document, _documents.Count);

    /// <summary>Adds a stored passage.</summary>
    public void Add(IndexedPassage passage)
    {
        var data = passage.Analysis;
        var language = data[1];
        data = data[2..];
        var count = PassageAnalysis.ReadNumber(ref data);
        for (var index = 0; index < count; index++)
        {
            _forwardTerms.Add(_terms.FindOrAdd(BinaryPrimitives.ReadUInt64LittleEndian(data[(8 * index)..])));
        }

        Add(passage.Id, new SegmentDocument(passage.DocumentId, passage.Revision), passage.Ordinal, language, data[(8 * count)..]);
    }

    /// <summary>Adds a passage of another segment.</summary>
    public void Add(Segment segment, int place)
    {
        foreach (var term in segment.TermsOf(place))
        {
            _forwardTerms.Add(_terms.FindOrAdd(segment.Terms[term]));
        }

        Add(segment.Ids[place], segment.Documents[segment.DocumentOf[place]], segment.Ordinals[place], segment.Languages[place], segment.SequencesOf(place));
    }

    /// <summary>Lays the postings out; the builder is used up.</summary>
    public Segment Build()
    {
        _terms.Trim();
        var first = FirstPostings();
        var next = first.AsSpan(0, _terms.Count).ToArray();
        var places = new int[_forwardTerms.Count];
        var frequencies = new ushort[_forwardTerms.Count];
        for (var place = 0; place < _ids.Count; place++)
        {
            for (var entry = _forwardFirst[place]; entry < _forwardFirst[place + 1]; entry++)
            {
                var posting = next[_forwardTerms[entry]]++;
                places[posting] = place;
                frequencies[posting] = _frequencies[entry];
            }
        }

        return new Segment
        {
            Documents = [.. _documents.OrderBy(document => document.Value).Select(document => document.Key)], Terms = _terms, Ids = [.. _ids],
            DocumentOf = [.. _documentOf], Ordinals = [.. _ordinals], Languages = [.. _languages], Lengths = [.. _lengths], First = first, Places = places,
            Frequencies = frequencies, ForwardFirst = [.. _forwardFirst], ForwardTerms = [.. _forwardTerms], SequenceFirst = [.. _sequenceFirst],
            Sequences = [.. _sequences],
        };
    }

    private void Add(Guid id, SegmentDocument document, int ordinal, byte language, ReadOnlySpan<byte> sequences)
    {
        AddDocument(document);
        _ids.Add(id);
        _documentOf.Add(_documents[document]);
        _ordinals.Add(ordinal);
        _languages.Add(language);
        var distinct = _forwardTerms.Count - _frequencies.Count;
        CollectionsMarshal.SetCount(_frequencies, _forwardTerms.Count);
        _lengths.Add(Count(sequences, CollectionsMarshal.AsSpan(_frequencies)[^distinct..]));
        _forwardFirst.Add(_forwardTerms.Count);
        _sequences.AddRange(sequences);
        _sequenceFirst.Add(_sequences.Count);
    }

    /// <returns>The length: words that are no stop words.</returns>
    private ushort Count(ReadOnlySpan<byte> sequences, Span<ushort> frequencies)
    {
        frequencies.Clear();
        var length = Count(ref sequences, frequencies, FrequencyUnits);
        length += Count(ref sequences, frequencies, (int)Math.Round(weights.HeadingWeight * FrequencyUnits));
        var title = Count(ref sequences, frequencies, (int)Math.Round(weights.TitleWeight * FrequencyUnits));
        return (ushort)Math.Min(ushort.MaxValue, length + (weights.TitleCountsAsLength ? title : 0));
    }

    private static int Count(ref ReadOnlySpan<byte> sequences, Span<ushort> frequencies, int weight)
    {
        var length = 0;
        for (var left = PassageAnalysis.ReadNumber(ref sequences); left > 0; left--)
        {
            var number = PassageAnalysis.ReadNumber(ref sequences);
            if (number > 0)
            {
                frequencies[number - 1] = (ushort)Math.Min(ushort.MaxValue, frequencies[number - 1] + weight);
                length++;
            }
        }

        return length;
    }

    private int[] FirstPostings()
    {
        var first = new int[_terms.Count + 1];
        foreach (var term in CollectionsMarshal.AsSpan(_forwardTerms))
        {
            first[term + 1]++;
        }

        for (var term = 1; term < first.Length; term++)
        {
            first[term] += first[term - 1];
        }

        return first;
    }
}
