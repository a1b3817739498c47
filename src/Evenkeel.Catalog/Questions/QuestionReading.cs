using System.Collections.Frozen;
using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Questions.Dates;
using Evenkeel.Contracts.Catalogue;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;

namespace Evenkeel.Catalog.Questions;

/// <summary>Brings the moment, the zone and the names of places to <see cref="QuestionReader"/>.</summary>
internal sealed class QuestionReading(IPlaces places, TimeProvider time) : IQuestionReading
{
    private static readonly FrozenSet<string> MonthFirstZones = (TzdbDateTimeZoneSource.Default.ZoneLocations ?? [])
        .Where(location => location.CountryCode is "US" or "PH").Select(location => location.ZoneId).ToFrozenSet();

    public async Task<UnderstoodQuestion> ReadAsync(Guid organizationId, string text, string timeZone, CancellationToken cancellationToken)
    {
        var names = await places.NamesAsync(organizationId, cancellationToken);
        return QuestionReader.Read(text, Calendar(time.GetUtcNow(), timeZone), names);
    }

    /// <summary>The day in a zone; an unknown zone is UTC. Months come first where people write 5/6 for 6 May.</summary>
    internal static DayCalendar Calendar(DateTimeOffset now, string timeZone)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc;
        return new DayCalendar(now.ToInstant().InZone(zone).Date, MonthFirstZones.Contains(zone.Id));
    }
}
