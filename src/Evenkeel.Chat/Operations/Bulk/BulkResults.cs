using System.IO.Compression;
using Evenkeel.Accounts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Chat.Operations.Bulk;

/// <summary><c>GET /api/v1/admin/bulk/{id}/result</c>: the parts of an export, one after the other. They are kept for a day.</summary>
internal static class BulkResults
{
    public static async Task<IResult> HandleAsync(Guid id, Caller caller, Database database, CancellationToken cancellationToken)
    {
        var parts = await database.QueryFirstOrDefaultAsync<int?>(
            DataScope.Organization(caller.OrganizationId),
            """
            SELECT (SELECT count(*)::int FROM bulk_results WHERE job_id = j.id) FROM bulk_jobs j
            WHERE j.id = @id AND j.action = 'export_events' AND j.status = 'done' AND j.ended_at > now() - interval '1 day'
            """,
            new { id },
            cancellationToken);
        return parts is null
            ? new ErrorResult(Error.NotFound)
            : Results.Stream(stream => WriteAsync(stream, id, caller.OrganizationId, parts.Value, database, cancellationToken), "application/gzip", $"events-{id:N}.jsonl.gz");
    }

    /// <summary>Lines as one gzip member.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> lines)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(lines);
        }

        return packed.ToArray();
    }

    private static async Task WriteAsync(Stream stream, Guid id, Guid organizationId, int parts, Database database, CancellationToken cancellationToken)
    {
        if (parts == 0)
        {
            await stream.WriteAsync(Pack([]), cancellationToken);
        }

        for (var part = 0; part < parts; part++)
        {
            var content = await database.QueryFirstOrDefaultAsync<byte[]>(
                DataScope.Organization(organizationId), "SELECT content FROM bulk_results WHERE job_id = @id AND part = @part", new { id, part }, cancellationToken);
            await stream.WriteAsync(content, cancellationToken);
        }
    }
}
