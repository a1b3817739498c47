using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Catalog.Locations;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Import.Formats;

/// <summary>Our own shape: what <c>POST /api/v1/events</c> takes, with a <c>key</c> and a place by name.</summary>
internal sealed class OwnRows(ReadRows rows)
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "key", "title", "description", "starts", "ends", "time_zone", "location_id", "location", "virtual", "url", "categories", "languages",
    };

    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    public static Error? Read(ReadOnlyMemory<byte> text, ReadRows rows, CancellationToken cancellationToken) =>
        JsonFile.Read(text.Span, rows, new OwnRows(rows).Row, cancellationToken);

    private EventRow Row(JsonMembers members)
    {
        NoteUnknown(members);
        return new EventRow
        {
            At = members.At,
            Key = members.Text("key"),
            Title = members.Text("title"),
            Description = members.Text("description"),
            Starts = members.Text("starts"),
            Ends = members.Text("ends"),
            TimeZone = members.Text("time_zone"),
            Virtual = members.Flag("virtual"),
            Url = members.Text("url"),
            Categories = members.Texts("categories"),
            Languages = members.Texts("languages"),
            LocationId = members.Id("location_id"),
            Place = Place(members),
        };
    }

    private static NamedPlace? Place(JsonMembers members) => members.Object("location") is not { } place ? null : new NamedPlace
    {
        Venue = place.Text("venue"),
        City = place.Text("city"),
        Country = place.Text("country"),
        Latitude = place.Number("latitude"),
        Longitude = place.Number("longitude"),
    };

    /// <summary>Once for each name: a file has the same members in every row.</summary>
    private void NoteUnknown(JsonMembers members)
    {
        const int most = 50;
        foreach (var name in members.Names)
        {
            if (!Known.Contains(name) && _unknown.Count < most && _unknown.Add(name))
            {
                rows.Warn(members.At, TextRules.Cut(TextRules.Line(name), 60), ImportTexts.FieldUnknown);
            }
        }
    }
}
