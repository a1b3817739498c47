using System.Security.Cryptography;
using System.Text;

namespace Evenkeel.Catalog.Import.Writing;

/// <summary>
/// The hash of what an import gave. Of the place it has the words, not the location: locations that were merged by hand stay so when the same file comes
/// again, and so do events that were changed by hand.
/// </summary>
internal static class ContentHash
{
    // Texts have no control characters but line ends and tabs.
    private const char Between = '\u001f';

    public static byte[] Of(EventDraft draft)
    {
        var row = draft.Row;
        var schedule = draft.Schedule;
        var text = new StringBuilder(row.Description.Length + 400)
            .Append(row.Title).Append(Between)
            .Append(row.Description).Append(Between)
            .Append(schedule.StartsAt.ToUnixTimeTicks()).Append(Between)
            .Append(schedule.EndsAt.ToUnixTimeTicks()).Append(Between)
            .Append(schedule.AllDay).Append(Between)
            .Append(draft.TimeZone).Append(Between)
            .Append(row.LocationId).Append(Between)
            .Append(row.Place?.Venue).Append(Between).Append(row.Place?.City).Append(Between).Append(row.Place?.Country).Append(Between)
            .Append(row.Place?.Latitude).Append(Between).Append(row.Place?.Longitude).Append(Between)
            .Append(row.Virtual).Append(Between)
            .Append(row.Url).Append(Between)
            .AppendJoin(',', draft.Categories).Append(Between)
            .AppendJoin(',', row.Languages);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
