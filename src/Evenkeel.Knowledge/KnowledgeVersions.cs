using System.Collections.Concurrent;
using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge;

/// <summary>Tells cheaply whether what a chatbot knows has changed.</summary>
public interface IKnowledgeVersions
{
    /// <summary>
    /// The version of a chatbot's knowledge, 0 when it never had any. A change on this node is seen at once, one on another node within
    /// a second.
    /// </summary>
    ValueTask<long> CurrentAsync(Guid organizationId, Guid chatbotId, CancellationToken cancellationToken);

    /// <summary>Somebody saw that the chatbot's knowledge has changed: what is remembered is not taken for current any more.</summary>
    void Doubt(Guid chatbotId);
}

internal sealed class KnowledgeVersions(Database database, TimeProvider time) : IKnowledgeVersions
{
    private const int MostEntries = 10_000;

    /// <summary>How long another node's change may stay unseen.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();

    public ValueTask<long> CurrentAsync(Guid organizationId, Guid chatbotId, CancellationToken cancellationToken) =>
        _entries.TryGetValue(chatbotId, out var entry) && entry.OrganizationId == organizationId && time.GetElapsedTime(entry.ReadAt) < Lifetime
            ? new ValueTask<long>(entry.Version)
            : new ValueTask<long>(ReadAsync(organizationId, chatbotId, cancellationToken));

    public void Doubt(Guid chatbotId) => _entries.TryRemove(chatbotId, out _);

    /// <summary>Call after the commit of a change with the version it made.</summary>
    public void Committed(Guid organizationId, Guid chatbotId, long version) =>
        Remember(chatbotId, new Entry(organizationId, version, time.GetTimestamp()));

    /// <summary>Raises the version. Its row stays locked until the end of the transaction, so that versions commit in order.</summary>
    public static Task<long> BumpInTransactionAsync(
        ScopedTransaction transaction, Guid organizationId, Guid chatbotId, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteScalarAsync<long>(new CommandDefinition(
            """
            INSERT INTO knowledge_versions AS current (chatbot_id, organization_id, version) VALUES (@chatbotId, @organizationId, 1)
            ON CONFLICT (chatbot_id) DO UPDATE SET version = current.version + 1 RETURNING version
            """,
            new { chatbotId, organizationId },
            transaction.Transaction,
            cancellationToken: cancellationToken));

    private async Task<long> ReadAsync(Guid organizationId, Guid chatbotId, CancellationToken cancellationToken)
    {
        var readAt = time.GetTimestamp();
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId)).Add(
            "SELECT version FROM knowledge_versions WHERE chatbot_id = $1", Sql.Value(chatbotId));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var version = await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : 0;
        return Remember(chatbotId, new Entry(organizationId, version, readAt)).Version;
    }

    /// <summary>Versions only grow: a read that began before a local commit must not bring the older one back.</summary>
    private Entry Remember(Guid chatbotId, Entry entry)
    {
        if (_entries.Count >= MostEntries)
        {
            _entries.Clear();
        }

        return _entries.AddOrUpdate(
            chatbotId,
            entry,
            (_, known) => known.OrganizationId == entry.OrganizationId && known.Version > entry.Version ? known with { ReadAt = entry.ReadAt } : entry);
    }

    private sealed record Entry(Guid OrganizationId, long Version, long ReadAt);
}
