using System.Buffers;
using System.Security.Cryptography;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Npgsql;
using NpgsqlTypes;

namespace Evenkeel.Knowledge.Contents;

/// <summary>A content as it was stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Bytes">Its size; where <see cref="IsTooLarge"/>, how much was seen of it.</param>
/// <param name="Hash">SHA-256.</param>
/// <param name="IsTooLarge">It is larger than allowed, and nothing of it is kept.</param>
internal sealed record StoredContent(Guid Id, long Bytes, byte[] Hash, bool IsTooLarge);

/// <summary>
/// Keeps documents as they came in, in the database, in parts: a file is never whole in memory, every node can read it, and it is
/// backed up with everything else. A content that no document refers to after an hour is removed.
/// </summary>
internal sealed class ContentStore(Database database, IdSource ids, TimeProvider time)
{
    private const int PartBytes = 256 * 1024;

    /// <summary>Stores what the stream holds. Of a larger content the rest is read and dropped, so that what follows it in the request can be read.</summary>
    /// <param name="organizationId">Whose.</param>
    /// <param name="content">Read to its end.</param>
    /// <param name="mediaType">As declared; null = not declared.</param>
    /// <param name="mostBytes">Most bytes that are kept.</param>
    /// <param name="cancellationToken">Gives up; what was stored is removed in time.</param>
    public async Task<StoredContent> SaveAsync(
        Guid organizationId, Stream content, string? mediaType, long mostBytes, CancellationToken cancellationToken)
    {
        var id = ids.Next();
        var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var (part, bytes) = (0, 0L);
            var length = await content.ReadAtLeastAsync(buffer.AsMemory(0, PartBytes), PartBytes, throwOnEndOfStream: false, cancellationToken);
            await BeginAsync(organizationId, id, mediaType, cancellationToken);
            while (length > 0)
            {
                bytes += length;
                hash.AppendData(buffer.AsSpan(0, length));
                if (bytes <= mostBytes)
                {
                    await AddPartAsync(organizationId, id, part++, buffer.AsMemory(0, length), cancellationToken);
                }

                length = await content.ReadAtLeastAsync(buffer.AsMemory(0, PartBytes), PartBytes, throwOnEndOfStream: false, cancellationToken);
            }

            var stored = new StoredContent(id, bytes, hash.GetHashAndReset(), bytes > mostBytes);
            await EndAsync(organizationId, stored, cancellationToken);
            return stored;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes a content to a stream.</summary>
    /// <returns>False when there is no such content.</returns>
    public async Task<bool> CopyToAsync(Guid organizationId, Guid contentId, Stream target, CancellationToken cancellationToken)
    {
        for (var part = 0; ; part++)
        {
            await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true).Add(
                "SELECT data FROM knowledge_content_parts WHERE content_id = $1 AND part = $2", Sql.Value(contentId), Sql.Value(part));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                return part > 0;
            }

            await target.WriteAsync(reader.GetFieldValue<byte[]>(0), cancellationToken);
        }
    }

    private Task BeginAsync(Guid organizationId, Guid id, string? mediaType, CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.Organization(organizationId),
        "INSERT INTO knowledge_contents (id, organization_id, media_type, created_at) VALUES (@id, @organizationId, @mediaType, @now)",
        new { id, organizationId, mediaType, now = time.GetUtcNow() },
        cancellationToken);

    private async Task AddPartAsync(Guid organizationId, Guid id, int part, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId)).Add(
            "INSERT INTO knowledge_content_parts (content_id, part, organization_id, data) VALUES ($1, $2, $3, $4)",
            Sql.Value(id), Sql.Value(part), Sql.Value(organizationId),
            new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = data, NpgsqlDbType = NpgsqlDbType.Bytea });
        await batch.ExecuteAsync(cancellationToken);
    }

    private Task EndAsync(Guid organizationId, StoredContent stored, CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.Organization(organizationId),
        stored.IsTooLarge
            ? "DELETE FROM knowledge_contents WHERE id = @Id"
            : "UPDATE knowledge_contents SET bytes = @Bytes, hash = @Hash WHERE id = @Id",
        new { stored.Id, stored.Bytes, stored.Hash },
        cancellationToken);
}
