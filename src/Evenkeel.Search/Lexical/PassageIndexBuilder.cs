using System.Runtime.InteropServices;
using Evenkeel.Knowledge;

namespace Evenkeel.Search.Lexical;

/// <summary>Builds a <see cref="PassageIndex"/> from passages that are handed over one by one.</summary>
internal sealed class PassageIndexBuilder
{
    private readonly List<StoredPassage> _passages = [];
    private readonly List<int> _lengths = [];
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);

    // One entry for each term of each passage, in the order of the passages.
    private readonly List<int> _entryTerms = [];
    private readonly List<int> _entryPlaces = [];
    private readonly List<float> _entryFrequencies = [];
    private readonly Dictionary<int, float> _frequencies = [];

    public void Add(IndexedPassage passage)
    {
        var place = _passages.Count;
        // Passages come document by document: one string for the title of all of them.
        var title = place > 0 && _passages[^1].DocumentId == passage.DocumentId ? _passages[^1].Title : passage.Title;
        _passages.Add(new StoredPassage(passage.Id, passage.DocumentId, title, passage.HeadingPath, passage.Text, passage.Language));
        var length = passage.HeadingTerms.Length;
        for (var index = 0; index < passage.Terms.Length; index++)
        {
            Count(passage.Terms[index], passage.Frequencies[index]);
            length += passage.Frequencies[index];
        }

        CountAll(passage.HeadingTerms, (float)Bm25.HeadingWeight);
        CountAll(passage.TitleTerms, (float)Bm25.TitleWeight);
        _lengths.Add(length);
        foreach (var (term, frequency) in _frequencies)
        {
            _entryTerms.Add(term);
            _entryPlaces.Add(place);
            _entryFrequencies.Add(frequency);
        }

        _frequencies.Clear();
    }

    public PassageIndex Build()
    {
        var first = FirstPostings();
        var next = first.AsSpan(0, _terms.Count).ToArray();
        var places = new int[_entryTerms.Count];
        var impacts = new float[_entryTerms.Count];
        var averageLength = Math.Max(1, _lengths.Count == 0 ? 1 : _lengths.Average());
        for (var entry = 0; entry < _entryTerms.Count; entry++)
        {
            var term = _entryTerms[entry];
            var place = _entryPlaces[entry];
            var idf = Bm25.Idf(_passages.Count, first[term + 1] - first[term]);
            var posting = next[term]++;
            places[posting] = place;
            impacts[posting] = (float)Bm25.Impact(idf, _entryFrequencies[entry], _lengths[place], averageLength);
        }

        return new PassageIndex([.. _passages], _terms, new PassageIndex.Postings(first, places, impacts));
    }

    private int[] FirstPostings()
    {
        var first = new int[_terms.Count + 1];
        foreach (var term in _entryTerms)
        {
            first[term + 1]++;
        }

        for (var term = 1; term < first.Length; term++)
        {
            first[term] += first[term - 1];
        }

        return first;
    }

    private void CountAll(string[] terms, float weight)
    {
        foreach (var term in terms)
        {
            Count(term, weight);
        }
    }

    private void Count(string term, float weight)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, term, out var isKnown);
        if (!isKnown)
        {
            number = _terms.Count - 1;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_frequencies, number, out _) += weight;
    }
}
