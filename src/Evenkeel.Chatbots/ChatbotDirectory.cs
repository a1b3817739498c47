using System.Collections.Concurrent;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chatbots;

internal sealed class ChatbotDirectory(Database database, TimeProvider time, IOptions<ChatbotsOptions> options) : IChatbotDirectory
{
    private const int MostEntries = 10_000;

    private readonly ConcurrentDictionary<Key, Entry> _entries = new();
    private long _generation;

    public ValueTask<ChatbotProfile?> FindAsync(Guid organizationId, Guid chatbotId, CancellationToken cancellationToken) =>
        FindAsync(new Key(organizationId, chatbotId), "AND id = @ChatbotId", cancellationToken);

    public ValueTask<ChatbotProfile?> FirstAsync(Guid organizationId, CancellationToken cancellationToken) =>
        FindAsync(new Key(organizationId, null), "ORDER BY id LIMIT 1", cancellationToken);

    /// <summary>Call after the commit of any change to the organization's chatbots.</summary>
    public void Forget(Guid organizationId)
    {
        // Before the removal: a load that began earlier then keeps its outdated row to itself.
        Interlocked.Increment(ref _generation);
        foreach (var key in _entries.Keys.Where(key => key.OrganizationId == organizationId))
        {
            _entries.TryRemove(key, out _);
        }
    }

    private ValueTask<ChatbotProfile?> FindAsync(Key key, string condition, CancellationToken cancellationToken) =>
        _entries.TryGetValue(key, out var entry) && time.GetElapsedTime(entry.LoadedAt) < options.Value.ProfileLifetime
            ? new ValueTask<ChatbotProfile?>(entry.Profile)
            : new ValueTask<ChatbotProfile?>(LoadAsync(key, condition, cancellationToken));

    private async Task<ChatbotProfile?> LoadAsync(Key key, string condition, CancellationToken cancellationToken)
    {
        var loadedAt = time.GetTimestamp();
        var generation = Interlocked.Read(ref _generation);
        var row = await database.QueryFirstOrDefaultAsync<ChatbotRow>(
            DataScope.Organization(key.OrganizationId),
            $"SELECT {ChatbotRow.Columns} FROM chatbots WHERE organization_id = @OrganizationId AND deleted_at IS NULL {condition}",
            new { key.OrganizationId, key.ChatbotId },
            cancellationToken);
        if (row is null)
        {
            return null;
        }

        var profile = row.ToProfile();
        if (_entries.Count >= MostEntries)
        {
            _entries.Clear();
        }

        if (generation == Interlocked.Read(ref _generation))
        {
            _entries[key] = new Entry(profile, loadedAt);
        }

        return profile;
    }

    private readonly record struct Key(Guid OrganizationId, Guid? ChatbotId);

    private sealed record Entry(ChatbotProfile Profile, long LoadedAt);
}
