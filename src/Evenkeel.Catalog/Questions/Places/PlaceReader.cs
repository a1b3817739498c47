using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Questions.Phrases;
using Evenkeel.Catalog.Questions.Words;

namespace Evenkeel.Catalog.Questions.Places;

/// <summary>A place that a question names.</summary>
/// <param name="Start">First character of the name.</param>
/// <param name="End">Behind the name, and the country or state that belongs to it.</param>
/// <param name="Places">The likeliest first.</param>
/// <param name="WithinKm">"Near".</param>
/// <param name="IsExcluded">Anywhere but there.</param>
internal readonly record struct FoundPlace(int Start, int End, IReadOnlyList<KnownPlace> Places, double? WithinKm, bool IsExcluded);

/// <summary>Finds the places that a question names: at each word the longest name that begins there and is meant as one.</summary>
internal sealed class PlaceReader(QuestionText text, IPlaceNames names, TakenText taken)
{
    private readonly Dictionary<int, PlaceCue> _cues = PlaceCue.FindBefore(text);
    private readonly List<FoundPlace> _found = [];

    /// <summary>Words before places, by where the place begins or would begin.</summary>
    public IReadOnlyDictionary<int, PlaceCue> Cues => _cues;

    /// <summary>Places that are known, but not in the state that was named.</summary>
    public List<FoundUnknown> Elsewhere { get; } = [];

    public List<FoundPlace> Read()
    {
        for (var index = 0; index < text.Words.Count;)
        {
            index = ReadWordsAt(index);
        }

        for (var start = 0; start < text.Length;)
        {
            start = QuestionText.IsHan(text[start]) && !taken.IsTaken(start) ? ReadCharactersAt(start) : start + 1;
        }

        // Not to look somewhere is no condition yet, and to look there would be the opposite: such a place is taken out of the question.
        _found.RemoveAll(place => place.IsExcluded);
        _found.Sort((one, other) => one.Start.CompareTo(other.Start));
        return _found;
    }

    /// <returns>The word to go on with.</returns>
    private int ReadWordsAt(int index)
    {
        for (var count = NameLength.MostWordsAt(text, index, names.MostWords); count > 0; count--)
        {
            var (start, end) = (text.Words[index].Start, text.Words[index + count - 1].End);
            if (taken.IsAnyTaken(start, end))
            {
                continue;
            }

            var folded = PlaceName.Fold(text.Original[start..end]);
            var places = PlaceCodes.Named(names, folded);
            if (places.Count > 0 && Accept(start, end, folded, places, isChinese: false) is { } place)
            {
                Add(place);
                return NameLength.WordBehind(text, index, place.End);
            }
        }

        return index + 1;
    }

    private int ReadCharactersAt(int start)
    {
        var most = Math.Min(names.MostCharacters, text.Length - start);
        for (var length = most; length > 1; length--)
        {
            var end = start + length;
            if (!QuestionText.IsHan(text[end - 1]) || taken.IsAnyTaken(start, end))
            {
                continue;
            }

            var name = text.Original[start..end];
            var places = names.Named(name);
            if (places.Count > 0 && Accept(start, end, name, places, isChinese: true) is { } place)
            {
                Add(place);
                return place.End;
            }
        }

        return start + 1;
    }

    private FoundPlace? Accept(int start, int end, string folded, IReadOnlyList<KnownPlace> places, bool isChinese)
    {
        var hasCue = _cues.TryGetValue(start, out var cue) || FollowsPlace(start, out cue);
        var qualified = isChinese ? null : PlaceQualifier.Find(text, names, end, places);
        var evidence = new PlaceEvidence(hasCue && cue.IsPlace, qualified is not null);
        if (!(isChinese ? !IsInside(start, hasCue) && evidence.SpeaksChinese(folded, places) : evidence.Speaks(text, start, end, folded, places)))
        {
            return null;
        }

        if (hasCue)
        {
            taken.Take(cue.Start, start);
        }

        if (qualified is null && !isChinese && PlaceQualifier.EndOfStrangeState(text, names, end) is > 0 and var strangeEnd)
        {
            Elsewhere.Add(new FoundUnknown(start, strangeEnd, places));
            taken.Take(start, strangeEnd);
            return null;
        }

        var (fitting, last) = qualified ?? (CountriesFirst(places), end);
        var (within, isExcluded) = (cue.WithinKm, cue.IsExcluded);
        if (PlaceCue.FindBehind(text, last) is var (behind, behindEnd) && (behind.WithinKm is not null || behind.IsExcluded))
        {
            (within, isExcluded) = (behind.WithinKm, isExcluded || behind.IsExcluded);
            taken.Take(last, behindEnd);
        }
        else if (isExcluded && text[last] == '外')
        {
            taken.Take(last, last + 1);
        }

        // What has no point is too large to be near.
        return new FoundPlace(start, last, fitting, fitting[0].Latitude is null ? null : within, isExcluded);
    }

    /// <summary>文档里加 is not about 里加 (Riga).</summary>
    private bool IsInside(int start, bool hasCue) => text[start] == '里' && !hasCue && QuestionText.IsHan(text[start - 1]);

    /// <summary>Georgia is the country, however many live in the state.</summary>
    private static IReadOnlyList<KnownPlace> CountriesFirst(IReadOnlyList<KnownPlace> places) => places[0].Kind == "region" && places[0].LocationId is null
        ? [.. places.OrderByDescending(place => place.Kind == "country")]
        : places;

    /// <summary>"In Berlin or Munich": the second is behind "in" as well.</summary>
    private bool FollowsPlace(int start, out PlaceCue cue)
    {
        cue = default;
        if (_found.Count == 0 || _found[^1].End > start || start - _found[^1].End > 5)
        {
            return false;
        }

        var between = text.Range(_found[^1].End, start).Trim(' ');
        if (between is not ("," or "or" or "and" or "/" or "&" or ", or" or ", and" or "或" or "或者" or "和" or "与" or "及"))
        {
            return false;
        }

        cue = new PlaceCue(_found[^1].End, _cues.ContainsKey(_found[^1].Start), _found[^1].WithinKm, false, _found[^1].IsExcluded);
        return true;
    }

    private void Add(FoundPlace place)
    {
        if (_found.Count > 0 && _found[^1].End == place.Start && PlaceQualifier.Inner(_found[^1], place) is { } inner)
        {
            _found[^1] = inner;
        }
        else
        {
            _found.Add(place);
        }

        taken.Take(place.Start, place.End);
    }
}
