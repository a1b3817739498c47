using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Timeline.Alerts.Judging;
using Evenkeel.Timeline.Alerts.Rules;
using Npgsql;
using NpgsqlTypes;

namespace Evenkeel.Timeline.Alerts.Rounds;

/// <summary>Writes what a round found, in its transaction: states, changes, and messages into the outbox.</summary>
internal sealed class StoreRound(ScopedTransaction transaction, IdSource ids, DateTimeOffset now) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = new(transaction.Connection, transaction.Transaction);
    private readonly Dictionary<Guid, (Guid OwnerId, List<AlertMessageEntry> Entries)> _messages = [];

    /// <summary>Takes a judged group and what is told of it; gives its state as it is to be stored.</summary>
    public GroupState Take(Judged judged, Telling? telling)
    {
        var after = judged.After;
        if (judged.IsChange)
        {
            after = after with { ChangeId = ids.Next() };
            AddChange(judged, after, telling is { IsSilenced: true } ? [.. telling.Receivers.Select(receiver => receiver.Name)] : []);
        }

        if (telling is { IsSilenced: false })
        {
            var entry = EntryOf(judged, after, telling);
            foreach (var receiver in telling.Receivers)
            {
                var message = _messages.TryGetValue(receiver.Id, out var known) ? known : _messages[receiver.Id] = (judged.Key.OwnerId, []);
                message.Entries.Add(entry);
            }

            after = after with { Told = telling.Status == MessageStatus.Resolved ? null : telling.Severity, ToldAt = now };
        }

        AddState(judged, after);
        return after;
    }

    /// <summary>Forgets the group of a rule that is no more.</summary>
    public void Forget(AlertKey key) =>
        Add("DELETE FROM alert_states WHERE organization_id = $1 AND rule_id = $2 AND group_name = $3", Sql.Value(key.OwnerId), Sql.Value(key.RuleId), Sql.Text(key.Group));

    /// <summary>Forgets a rule that was deleted and of which nothing is left to tell.</summary>
    public void Forget(RuleRow rule) =>
        Add("DELETE FROM alert_rules WHERE organization_id = $1 AND id = $2", Sql.Value(rule.OrganizationId), Sql.Value(rule.Id));

    /// <summary>Writes everything.</summary>
    public async Task WriteAsync(TimeSpan groupWait, CancellationToken cancellationToken)
    {
        foreach (var (receiver, (owner, entries)) in _messages)
        {
            AddMessage(receiver, owner, entries, groupWait);
        }

        if (_batch.BatchCommands.Count > 0)
        {
            await _batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    private AlertMessageEntry EntryOf(Judged judged, GroupState after, Telling telling) => new()
    {
        ChangeId = after.ChangeId ?? Guid.Empty,
        RuleId = judged.Key.RuleId,
        RuleName = judged.Rule.Definition.Name,
        Group = judged.Key.Group,
        Status = telling.Status,
        Severity = telling.Severity,
        Metric = judged.Metric.Metric,
        Unit = judged.Metric.Unit,
        Value = after.Value,
        Since = after.Since,
        RunbookUrl = judged.Rule.Definition.RunbookUrl,
    };

    private void AddState(Judged judged, GroupState after)
    {
        var (key, before) = (judged.Key, judged.Before);
        if (after.IsNothing)
        {
            if (!before.IsNothing)
            {
                Forget(key);
            }
        }
        else if (after != before)
        {
            Add(
                """
                INSERT INTO alert_states (organization_id, rule_id, group_name, state) VALUES ($1, $2, $3, $4)
                ON CONFLICT (organization_id, rule_id, group_name) DO UPDATE SET state = excluded.state
                """,
                Sql.Value(key.OwnerId), Sql.Value(key.RuleId), Sql.Text(key.Group), Sql.Json(JsonSerializer.Serialize(after, Wire.Json)));
        }
    }

    private void AddChange(Judged judged, GroupState after, string[] silenced) => Add(
        """
        INSERT INTO alert_changes (id, organization_id, rule_id, rule_name, group_name, from_state, to_state, severity, value, at, silenced)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        Sql.Value(after.ChangeId!.Value), Sql.Value(judged.Key.OwnerId), Sql.Value(judged.Key.RuleId), Sql.Text(judged.Rule.Definition.Name), Sql.Text(judged.Key.Group),
        Sql.Text(judged.Before.State), Sql.Text(after.State), Sql.Text(after.Severity ?? judged.Before.Severity), Sql.Double(after.Value), Sql.Time(now), Sql.Value(silenced));

    // Joins the message that waits for what else changes, if there is one.
    private void AddMessage(Guid receiver, Guid owner, List<AlertMessageEntry> entries, TimeSpan groupWait) => Add(
        """
        WITH waiting AS (
            UPDATE alert_notifications SET entries = entries || $3, change_ids = change_ids || $4
            WHERE id = (SELECT id FROM alert_notifications WHERE receiver_id = $1 AND status = 'waiting' AND tries = 0 AND due_at > $6 ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id
        )
        INSERT INTO alert_notifications (id, organization_id, receiver_id, entries, change_ids, status, due_at, created_at)
        SELECT $5, $2, $1, $3, $4, 'waiting', $7, $6 WHERE NOT EXISTS (SELECT FROM waiting)
        """,
        Sql.Value(receiver), Sql.Value(owner), Sql.Json(JsonSerializer.Serialize(entries, Wire.Json)),
        new NpgsqlParameter<Guid[]> { TypedValue = [.. entries.Select(entry => entry.ChangeId)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
        Sql.Value(ids.Next()), Sql.Time(now), Sql.Time(now + groupWait));

    private void Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        _batch.BatchCommands.Add(command);
    }
}
