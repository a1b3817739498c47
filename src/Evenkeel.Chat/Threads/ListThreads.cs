using System.Globalization;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Chat.Threads;

/// <summary>A person's conversations, the most recently used first, paged by key.</summary>
internal sealed class ListThreads(Database database)
{
    private const int DefaultLimit = 30;
    private const int LargestLimit = 100;

    public async Task<Result<Page<ChatThread>>> HandleAsync(Caller caller, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > LargestLimit)
        {
            return Error.Invalid(new FieldProblem("limit", $"From 1 to {LargestLimit}.", $"取值范围为 1 至 {LargestLimit}。"));
        }

        if (!TryParse(cursor, out var before, out var beforeId))
        {
            return Error.Invalid(new FieldProblem("cursor", "Use the next_cursor of the page before.", "请使用上一页返回的 next_cursor。"));
        }

        var take = limit ?? DefaultLimit;
        var rows = await database.QueryAsync<ThreadRow>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            SELECT {ThreadRow.Columns} FROM conversations
            WHERE user_id = @UserId AND deleted_at IS NULL AND (@before::timestamptz IS NULL OR (updated_at, id) < (@before, @beforeId))
            ORDER BY updated_at DESC, id DESC LIMIT @most
            """,
            new { caller.UserId, before, beforeId, most = take + 1 },
            cancellationToken);
        var more = rows.Count > take;
        return new Page<ChatThread>([.. rows.Take(take).Select(row => row.ToThread())], more ? Cursor(rows[take - 1]) : null);
    }

    // Microseconds, as PostgreSQL keeps them: milliseconds would skip or repeat rows.
    private static string Cursor(ThreadRow thread) => $"{thread.UpdatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}.{thread.Id:N}";

    private static bool TryParse(string? cursor, out DateTimeOffset? before, out Guid? beforeId)
    {
        before = null;
        beforeId = null;
        if (string.IsNullOrEmpty(cursor))
        {
            return true;
        }

        if (cursor.Split('.') is not [var ticksText, var idText] || !Guid.TryParseExact(idText, "N", out var id)
            || !long.TryParse(ticksText, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTimeOffset.MaxValue.Ticks)
        {
            return false;
        }

        before = new DateTimeOffset(ticks, TimeSpan.Zero);
        beforeId = id;
        return true;
    }
}
