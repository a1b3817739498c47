using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Questions.Phrases;

namespace Evenkeel.Catalog.Questions.Places;

/// <summary>Whether words that are the name of a place are meant as one. Names are many, and half the dictionary is among them.</summary>
/// <param name="IsBehindCue">"In", "near", 在; or another place and a comma.</param>
/// <param name="IsQualified">A country or state follows that has a place of the name.</param>
internal readonly record struct PlaceEvidence(bool IsBehindCue, bool IsQualified)
{
    /// <summary>Inhabitants of places that are known by a name with a capital, whatever stands before it.</summary>
    private const long KnownToMany = 100_000;

    /// <summary>In small letters as well.</summary>
    private const long KnownToAll = 300_000;

    /// <summary>Smaller ones are not looked for in small letters: "in detail".</summary>
    private const long KnownToSome = 15_000;

    /// <summary>How many times as many inhabitants make one of several places of a name the meant one.</summary>
    private const int Outweighs = 5;

    public bool Speaks(QuestionText text, int start, int end, string folded, IReadOnlyList<KnownPlace> places)
    {
        var isCapital = text.StartsCapital(start);
        if (IsQualified)
        {
            return isCapital || !OrdinaryWords.IsOrdinary(folded);
        }

        if (PlaceCodes.IsCode(folded) || folded.Length <= 2)
        {
            return PlaceCodes.IsCode(folded) && (IsCapitals(text, start, end) || (IsBehindCue && folded != "us" && folded != "la")) && (IsBehindCue || folded != "eu");
        }

        if (OrdinaryWords.IsSubject(folded))
        {
            return false;
        }

        if (OrdinaryWords.IsOrdinary(folded))
        {
            return IsBehindCue && isCapital;
        }

        return IsBehindCue ? isCapital || IsKnownTo(places, KnownToSome) || folded.Contains(' ')
            : !OrdinaryWords.IsPerson(folded) && folded.Length > 3 && SpeaksAlone(folded, isCapital, places);
    }

    /// <summary>In a writing without capitals and blanks.</summary>
    public bool SpeaksChinese(string folded, IReadOnlyList<KnownPlace> places) =>
        IsBehindCue || IsQualified || (!OrdinaryWords.IsOrdinaryChinese(folded) && IsKnownTo(places, KnownToSome));

    private static bool SpeaksAlone(string folded, bool isCapital, IReadOnlyList<KnownPlace> places)
    {
        if (isCapital)
        {
            return IsKnownTo(places, KnownToMany) || (folded.Contains(' ') && places[0].LocationId is not null);
        }

        return IsKnownTo(places, KnownToAll) && (places.Count == 1 || places[0].Weight >= Outweighs * places[1].Weight);
    }

    private static bool IsKnownTo(IReadOnlyList<KnownPlace> places, long inhabitants) =>
        places[0].Weight >= inhabitants || places[0].Kind is "country" or "region" || (places[0].LocationId is not null && places[0].Kind != "venue");

    private static bool IsCapitals(QuestionText text, int start, int end)
    {
        for (var index = start; index < end; index++)
        {
            if (char.IsLower(text.Original[index]))
            {
                return false;
            }
        }

        return true;
    }
}
