using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Accounts.Audit;

/// <inheritdoc/>
internal sealed class WriteAudit(Database database, IdSource ids, TimeProvider time) : IAudit
{
    private const string Insert =
        """
        INSERT INTO audit_entries (id, organization_id, created_at, actor_kind, actor_id, action, target, data)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    /// <inheritdoc/>
    public void AddTo(ScopedBatch batch, AuditRecord record) => batch.Add(
        Insert,
        Sql.Value(ids.Next()),
        Sql.Value(record.OrganizationId),
        Sql.Time(time.GetUtcNow()),
        Sql.Text(KindOf(record.Actor)),
        Sql.Uuid(record.Actor?.UserId),
        Sql.Text(record.Action),
        Sql.Text(record.Target),
        Sql.Json(record.Data is null ? null : JsonSerializer.Serialize(record.Data, Wire.Json)));

    /// <inheritdoc/>
    public async Task RecordAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(record.OrganizationId));
        AddTo(batch, record);
        await batch.ExecuteAsync(cancellationToken);
    }

    private static string KindOf(Caller? actor) => actor switch
    {
        null => "system",
        { Role: MemberRole.Key } => "key",
        _ => "person",
    };
}
