using System.Text.Json;
using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Catalog.Locations;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Import.Formats;

/// <summary>Collections of conferences as they are published: one file for each category, days without times. Their further members are about speakers and are passed over.</summary>
internal sealed class ConferenceRows(ReadRows rows, string? category)
{
    /// <param name="text">UTF-8.</param>
    /// <param name="category">Of all of them; null = none.</param>
    /// <param name="rows">What was found.</param>
    /// <param name="cancellationToken">Also the deadline of reading.</param>
    public static Error? Read(ReadOnlyMemory<byte> text, string? category, ReadRows rows, CancellationToken cancellationToken) =>
        JsonFile.Read(text.Span, rows, new ConferenceRows(rows, category).ReadRow, cancellationToken);

    private void ReadRow(JsonElement element, RowRef at)
    {
        var failed = rows.Failed;
        var members = new JsonMembers(rows, at, element);
        var row = new EventRow
        {
            At = at,
            Title = members.Text("name"),
            Url = members.Text("url"),
            Starts = members.Text("startDate"),
            Ends = members.Text("endDate"),
            Virtual = members.Flag("online"),
            Languages = members.Texts("locales"),
            Categories = category is null ? [] : [category],
            AddsCategories = true,
            Place = new NamedPlace { City = members.Text("city"), Country = members.Text("country") },
        };
        if (rows.Failed == failed)
        {
            rows.Events.Add(row);
        }
    }
}
