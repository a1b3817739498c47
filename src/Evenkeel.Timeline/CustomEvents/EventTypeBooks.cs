using System.Collections.Concurrent;
using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Catalogue;

namespace Evenkeel.Timeline.CustomEvents;

/// <summary>The event types of every organization, remembered for some seconds: a type that is registered on one node is known to all of them by then.</summary>
internal sealed class EventTypeBooks(Database database, EventTexts own, TimeProvider time)
{
    private const int MostRemembered = 1_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<Guid, (EventTypeBook Book, long ReadAt)> _books = new();

    /// <summary>An organization's types.</summary>
    public async ValueTask<EventTypeBook> OfAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        if (_books.TryGetValue(organizationId, out var known) && time.GetElapsedTime(known.ReadAt) < Remembered)
        {
            return known.Book;
        }

        var readAt = time.GetTimestamp();
        var rows = await database.QueryAsync<EventTypeRow>(
            DataScope.Organization(organizationId), $"SELECT {EventTypeRow.Columns} FROM event_types", null, cancellationToken);
        var book = new EventTypeBook(own, rows.ToDictionary(row => row.EventType, row => row.ToType(), StringComparer.Ordinal));
        if (_books.Count >= MostRemembered)
        {
            _books.Clear();
        }

        _books[organizationId] = (book, readAt);
        return book;
    }

    /// <summary>This node reads them anew.</summary>
    public void Forget(Guid organizationId) => _books.TryRemove(organizationId, out _);
}

/// <summary>A registered type's row.</summary>
internal sealed record EventTypeRow
{
    public const string Columns = "event_type, emoji, english, chinese, schema_text, retention, privacy";

    public required string EventType { get; init; }
    public required string Emoji { get; init; }
    public required string English { get; init; }
    public required string Chinese { get; init; }
    public required string SchemaText { get; init; }
    public required string Retention { get; init; }
    public required string Privacy { get; init; }

    public CustomEventType ToType() =>
        new(new TimelineEventDefinition(EventType, Emoji, English, Chinese) { Retention = Retention, Privacy = Privacy }, SchemaText);
}
