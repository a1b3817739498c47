using System.Text.Json;
using Dapper;
using Evenkeel.Contracts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Npgsql;

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
    public void AddTo(ScopedBatch batch, AuditRecord record) => batch.Add(Insert, ParametersOf(record));

    /// <inheritdoc/>
    public async Task<int> ChangeAsync(DataScope scope, (string Sql, object Args) change, AuditRecord record, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(scope, cancellationToken);
        var changed = await transaction.Connection.ExecuteAsync(
            new CommandDefinition(change.Sql, change.Args, transaction.Transaction, cancellationToken: cancellationToken));
        if (changed == 0)
        {
            return 0;
        }

        await using var command = new NpgsqlCommand(Insert, transaction.Connection, transaction.Transaction);
        command.Parameters.AddRange(ParametersOf(record));
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed;
    }

    private NpgsqlParameter[] ParametersOf(AuditRecord record) =>
    [
        Sql.Value(ids.Next()),
        Sql.Value(record.OrganizationId),
        Sql.Time(time.GetUtcNow()),
        Sql.Text(KindOf(record.Actor)),
        Sql.Uuid(record.Actor?.UserId),
        Sql.Text(record.Action),
        Sql.Text(record.Target),
        Sql.Json(record.Data is null ? null : JsonSerializer.Serialize(record.Data, Wire.Json)),
    ];

    private static string KindOf(Caller? actor) => actor switch
    {
        null => "system",
        { Role: MemberRole.Key } => "key",
        _ => "person",
    };
}
