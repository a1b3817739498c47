using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Catalog.Locations;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Import.Formats;

/// <summary>Collections of conferences as they are published: one file for each category, days without times. Their further members are about speakers and are passed over.</summary>
internal static class ConferenceRows
{
    /// <param name="text">UTF-8.</param>
    /// <param name="category">Of all of them; null = none.</param>
    /// <param name="rows">What was found.</param>
    /// <param name="cancellationToken">Also the deadline of reading.</param>
    public static Error? Read(ReadOnlyMemory<byte> text, string? category, ReadRows rows, CancellationToken cancellationToken)
    {
        string[] categories = category is null ? [] : [category];
        return JsonFile.Read(text.Span, rows, members => Row(members, categories), cancellationToken);
    }

    private static EventRow Row(JsonMembers members, string[] categories) => new()
    {
        At = members.At,
        Title = members.Text("name"),
        Url = members.Text("url"),
        Starts = members.Text("startDate"),
        Ends = members.Text("endDate"),
        Virtual = members.Flag("online"),
        Languages = members.Texts("locales"),
        Categories = categories,
        AddsCategories = true,
        Place = new NamedPlace { City = members.Text("city"), Country = members.Text("country") },
    };
}
