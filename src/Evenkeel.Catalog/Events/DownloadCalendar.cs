using System.Text;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Errors;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Catalog.Events;

/// <summary><c>GET /api/v1/events/{id}/calendar.ics</c>: "add to calendar".</summary>
internal static class DownloadCalendar
{
    public static async Task<Results<FileContentHttpResult, ErrorResult>> HandleAsync(
        Guid id, Caller caller, CatalogueEvents events, CancellationToken cancellationToken) =>
        await events.FindAsync(caller.OrganizationId, id, cancellationToken) is { } found
            ? TypedResults.File(Encoding.UTF8.GetBytes(Write(found)), "text/calendar; charset=utf-8", $"{found.StartsOn:O}.ics")
            : (ErrorResult)Error.NotFound;

    private static string Write(CatalogueEvent found)
    {
        var calendar = new Calendar { ProductId = "-//Evenkeel//Catalogue//EN" };
        calendar.Events.Add(Entry(found));
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    // Moments are written in UTC: every calendar shows them in its reader's zone, and none needs the rules of ours.
    private static CalendarEvent Entry(CatalogueEvent found) => new()
    {
        Uid = $"{found.Id}@evenkeel",
        Summary = found.Title,
        Description = found.Description.Length == 0 ? null : found.Description,
        Location = found.Location is { } place ? string.Join(", ", new[] { place.Name, place.Country }.OfType<string>()) : null,
        Url = found.Url is null ? null : new Uri(found.Url),
        DtStamp = new CalDateTime(found.UpdatedAt.UtcDateTime),
        LastModified = new CalDateTime(found.UpdatedAt.UtcDateTime),
        DtStart = found.AllDay ? new CalDateTime(found.StartsOn) : new CalDateTime(found.StartsAt.UtcDateTime),
        DtEnd = found.AllDay ? new CalDateTime(found.EndsOn.AddDays(1)) : found.EndsAt > found.StartsAt ? new CalDateTime(found.EndsAt.UtcDateTime) : null,
    };
}
