using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Questions.Dates;
using Evenkeel.Catalog.Questions.Phrases;
using Evenkeel.Catalog.Questions.Places;
using Evenkeel.Catalog.Questions.Words;
using Evenkeel.Contracts.Catalogue;
using NodaTime;

namespace Evenkeel.Catalog.Questions;

/// <summary>Reads a question: dates first, since "March" is a town as well, then the way of attending, then places; what is left is searched for.</summary>
internal static class QuestionReader
{
    private const int MostOthers = 5;

    /// <param name="question">The question.</param>
    /// <param name="calendar">The person's day.</param>
    /// <param name="names">Places that are known.</param>
    public static UnderstoodQuestion Read(string question, DayCalendar calendar, IPlaceNames names)
    {
        var text = new QuestionText(question);
        var taken = new TakenText(text.Length);
        var dates = ReadDates(text, calendar, taken);
        var isVirtual = Attendance.Read(text, taken);
        var reader = new PlaceReader(text, names, taken);
        var places = reader.Read();
        var unknown = reader.Elsewhere.Concat(new UnknownPlaceReader(text, names, taken).Read(reader.Cues));
        return new UnderstoodQuestion
        {
            Query = LeftOver.Of(text, taken),
            Places = [.. places.Select(place => Understood(text, place))],
            UnknownPlaces = [.. unknown.Select(place => Unknown(text, place))],
            Dates = dates,
            Virtual = isVirtual,
        };
    }

    /// <summary>Several phrases mean the days that are in all of them; one that fits none before it stays a part of the question.</summary>
    private static UnderstoodDates? ReadDates(QuestionText text, DayCalendar calendar, TakenText taken)
    {
        FoundDays? understood = null;
        foreach (var found in DateReader.Read(text, calendar))
        {
            if (understood is not { } first)
            {
                understood = found;
            }
            else if (first.Period.And(found.Period) is { } both)
            {
                understood = first with { Period = both };
            }
            else
            {
                continue;
            }

            taken.Take(found.Start, found.End);
        }

        return understood is { } days ? Understood(text, days) : null;
    }

    private static UnderstoodDates Understood(QuestionText text, FoundDays days) => new()
    {
        Text = text.Original[days.Start..days.End],
        Span = new TextSpan(days.Start, days.End),
        From = Day(days.Period.From),
        To = Day(days.Period.To),
        Otherwise = days.Period.OtherFrom is null && days.Period.OtherTo is null ? null : new DateRange(Day(days.Period.OtherFrom), Day(days.Period.OtherTo)),
    };

    private static UnderstoodPlace Understood(QuestionText text, FoundPlace found)
    {
        var place = found.Places[0];
        return new UnderstoodPlace
        {
            Text = text.Original[found.Start..found.End],
            Span = new TextSpan(found.Start, found.End),
            LocationId = place.LocationId,
            Name = place.Name,
            ChineseName = place.ChineseName,
            Kind = place.Kind,
            Country = place.Country,
            CountryCode = place.CountryCode,
            Latitude = place.Latitude,
            Longitude = place.Longitude,
            WithinKm = found.WithinKm,
            Others = Suggestions(text, found.Start, found.Places.Skip(1)),
        };
    }

    private static UnknownPlace Unknown(QuestionText text, FoundUnknown unknown) =>
        new(text.Original[unknown.Start..unknown.End], new TextSpan(unknown.Start, unknown.End), Suggestions(text, unknown.Start, unknown.Similar));

    private static PlaceSuggestion[] Suggestions(QuestionText text, int start, IEnumerable<KnownPlace> places) =>
    [
        .. places.Take(MostOthers).Select(place => new PlaceSuggestion(
            place.LocationId, QuestionText.IsHan(text[start]) ? place.ChineseName ?? place.Name : place.Name, place.Country)),
    ];

    private static DateOnly? Day(LocalDate? day) => day?.ToDateOnly();
}
