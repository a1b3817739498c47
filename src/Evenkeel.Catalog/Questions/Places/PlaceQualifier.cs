using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Questions.Phrases;

namespace Evenkeel.Catalog.Questions.Places;

/// <summary>The country or state behind a place, "Paris, Texas", which tells places of one name apart.</summary>
internal static class PlaceQualifier
{
    /// <summary>Half the length of a large state, in degrees.</summary>
    private const double MostDegrees = 8;

    /// <summary>Those of the places that are in what is named behind them, and where that ends; null where nothing fitting is named.</summary>
    public static (IReadOnlyList<KnownPlace> Places, int End)? Find(QuestionText text, IPlaceNames names, int end, IReadOnlyList<KnownPlace> places)
    {
        var next = AfterComma(text, end, out var hasComma);
        var word = IndexOfWordAt(text, next);
        if (word < 0 || !(hasComma || text.StartsCapital(next)))
        {
            return null;
        }

        for (var count = Math.Min(4, text.Words.Count - word); count > 0; count--)
        {
            var last = text.Words[word + count - 1];
            var original = text.Original[next..last.End];
            if (Among(places, names, original) is { Count: > 0 } fitting)
            {
                return (fitting, last.End);
            }
        }

        return null;
    }

    /// <summary>Behind a state that none of the places is in, "Paris, Texas" where only the capital is known; 0 where none is named.</summary>
    public static int EndOfStrangeState(QuestionText text, IPlaceNames names, int end)
    {
        var next = AfterComma(text, end, out var hasComma);
        var word = hasComma ? IndexOfWordAt(text, next) : -1;
        for (var count = word < 0 ? 0 : Math.Min(2, text.Words.Count - word); count > 0; count--)
        {
            var last = text.Words[word + count - 1].End;
            var original = text.Original[next..last];
            var folded = PlaceName.Fold(original);
            if (AmericanState.Named(original, folded) is not null && names.Named(folded).All(place => place.Kind == "region"))
            {
                return last;
            }
        }

        return 0;
    }

    /// <summary>英国曼彻斯特 is one place, as "Manchester, UK" is; null where the second does not lie in the first.</summary>
    public static FoundPlace? Inner(FoundPlace outer, FoundPlace place)
    {
        var inside = place.Places.Where(one => IsIn(one, outer.Places[0])).ToList();
        return inside.Count == 0 || outer.WithinKm is not null ? null : place with { Start = outer.Start, Places = inside, IsExcluded = outer.IsExcluded || place.IsExcluded };
    }

    private static List<KnownPlace> Among(IReadOnlyList<KnownPlace> places, IPlaceNames names, string original)
    {
        var folded = PlaceName.Fold(original);
        var isCode = original.Length == 2 && original.All(char.IsUpper);
        if (folded.Length > 2 || isCode)
        {
            var state = AmericanState.Named(original, folded);
            var inState = state is null ? [] : places.Where(place => IsIn(place, state)).ToList();
            if (inState.Count > 0)
            {
                return inState;
            }
        }

        var containers = PlaceCodes.Named(names, folded).Where(place => place.Kind is "country" or "region").ToList();
        return [.. places.Where(place => containers.Exists(container => IsIn(place, container)))];
    }

    /// <summary>Whether a place lies in a country, a region or a continent.</summary>
    public static bool IsIn(KnownPlace place, KnownPlace container) => place != container
        && (container.Countries is { } countries ? place.CountryCode is { } code && countries.Contains(code, StringComparer.Ordinal)
            : place.CountryCode == container.CountryCode && (container.Kind == "country" ? place.Kind != "country" : IsInRegion(place, container)));

    private static bool IsInRegion(KnownPlace place, KnownPlace region) => place.ParentId is not null && place.ParentId == region.LocationId
        || (place.RegionCode is { } code && region.RegionCode is { } its ? place.Kind != "region" && code == its : IsNear(place, region.Latitude, region.Longitude));

    private static bool IsIn(KnownPlace place, AmericanState state) => place.Kind is not ("country" or "region") && place.CountryCode == state.CountryCode
        && (place.RegionCode is { } code ? code == state.RegionCode : IsNear(place, state.Latitude, state.Longitude));

    private static bool IsNear(KnownPlace place, double? latitude, double? longitude) =>
        Math.Abs((place.Latitude ?? double.MaxValue) - (latitude ?? 0)) < MostDegrees && Math.Abs((place.Longitude ?? double.MaxValue) - (longitude ?? 0)) < MostDegrees;

    private static int AfterComma(QuestionText text, int end, out bool hasComma)
    {
        hasComma = false;
        while (text[end] is ',' or ' ' or '(' && end < text.Length)
        {
            hasComma |= text[end] is ',' or '(';
            end++;
        }

        return end;
    }

    private static int IndexOfWordAt(QuestionText text, int start)
    {
        for (var index = 0; index < text.Words.Count; index++)
        {
            if (text.Words[index].Start == start)
            {
                return index;
            }
        }

        return -1;
    }
}
