using Evenkeel.Faults.Processes;
using Npgsql;

namespace Evenkeel.Faults.Checking;

/// <summary>Reads what is stored about some conversations, past row-level security.</summary>
public static class ReadHistory
{
    // Wherever a message of the run came to be stored.
    private const string Conversations =
        "SELECT id, last_seq FROM conversations WHERE id IN (SELECT conversation_id FROM messages WHERE client_message_id = ANY($1))";

    // Commit times are only kept since the cluster's start: an older row has none.
    private const string Messages =
        """
        SELECT id, conversation_id, seq, turn_id, role, status, text, client_message_id, pg_xact_commit_timestamp(xmin)
        FROM messages WHERE conversation_id = ANY($1) ORDER BY conversation_id, seq
        """;

    private const string Turns =
        "SELECT id, conversation_id, user_id, message_id, position, status, replaces, client_message_id FROM turns WHERE conversation_id = ANY($1)";

    private const string Ledger = "SELECT turn_id, kind, amount, price FROM credit_ledger WHERE turn_id IN (SELECT id FROM turns WHERE conversation_id = ANY($1))";

    private const string Accounts =
        """
        SELECT organization_id, a.balance, a.held, coalesce(sum(l.amount) FILTER (WHERE l.is_metered), 0)::bigint
        FROM credit_accounts a LEFT JOIN credit_ledger l USING (organization_id)
        WHERE organization_id IN (SELECT organization_id FROM conversations WHERE id = ANY($1))
        GROUP BY organization_id
        """;

    /// <summary>All of one run but the screens.</summary>
    public static async Task<RunHistory> RunAsync(FaultCluster cluster, RunNotes notes, CancellationToken cancellationToken)
    {
        await using var connection = await cluster.OpenAsync(cancellationToken);
        var sent = notes.Sent.Select(message => message.ClientMessageId).ToArray();
        var conversations = await ReadAsync(connection, Conversations, sent, row => new StoredConversation(row.GetGuid(0), row.GetInt64(1)), cancellationToken);
        var ids = conversations.Select(conversation => conversation.Id).ToArray();
        return new RunHistory
        {
            Notes = notes,
            Conversations = conversations,
            Messages = await ReadAsync(connection, Messages, ids, Message, cancellationToken),
            Turns = await ReadAsync(connection, Turns, ids, Turn, cancellationToken),
            Ledger = await ReadAsync(connection, Ledger, ids, Entry, cancellationToken),
            Accounts = await ReadAsync(
                connection, Accounts, ids, row => new CreditAccount(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancellationToken),
        };
    }

    private static StoredMessage Message(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0), ConversationId = row.GetGuid(1), Seq = row.GetInt64(2), TurnId = row.GetGuid(3), Role = row.GetString(4),
        Status = row.GetString(5), Text = row.GetString(6), ClientMessageId = row.IsDBNull(7) ? null : row.GetString(7),
        CommittedAt = row.IsDBNull(8) ? null : row.GetDateTime(8),
    };

    private static StoredTurn Turn(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0), ConversationId = row.GetGuid(1), UserId = row.GetGuid(2), MessageId = row.GetGuid(3), Position = row.GetInt64(4),
        Status = row.GetString(5), Replaces = row.IsDBNull(6) ? null : row.GetGuid(6), ClientMessageId = row.IsDBNull(7) ? null : row.GetString(7),
    };

    private static LedgerEntry Entry(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3));

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(
        NpgsqlConnection connection, string sql, Array keys, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = keys } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
