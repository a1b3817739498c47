using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;

namespace Evenkeel.Chat.Feedback;

/// <summary>
/// What people said of the answers of turns, for those who look after the organization. What stands in a deleted conversation is gone with it. The value is
/// a fact like the turn's status; the comment is in a person's words, and for owners and administrators only.
/// </summary>
internal sealed class FeedbackOfTurns(Database database)
{
    /// <summary>In a filter: either value.</summary>
    public const string Any = "any";

    // In the scope of an organization: said for the index, which row security alone would not use.
    private const string Given =
        """
        FROM messages m JOIN conversations c ON c.id = m.conversation_id AND c.deleted_at IS NULL
        WHERE m.organization_id = current_organization_id() AND m.meta ? 'feedback'
        """;

    /// <summary>A column of <c>turns t</c>: <c>up</c>, <c>down</c> or null.</summary>
    public const string Column = $"(SELECT m.meta -> 'feedback' ->> 'value' {Given} AND m.turn_id = t.id LIMIT 1) AS feedback";

    /// <summary>A condition on <c>turns t</c>, with the parameter <c>Feedback</c>: <c>up</c>, <c>down</c> or <see cref="Any"/>.</summary>
    // An array and not a list of rows: it is made once, and the turns are then found by their ids, however many others there are.
    public const string Condition =
        $"t.id = ANY (ARRAY(SELECT m.turn_id {Given} AND (@Feedback = '{Any}' OR m.meta -> 'feedback' ->> 'value' = @Feedback)))";

    // What the caller may not read is not read.
    private const string Read =
        $"SELECT (CASE WHEN @mayReadComment THEN m.meta -> 'feedback' ELSE (m.meta -> 'feedback') - 'comment' END)::text {Given} AND m.turn_id = @turnId LIMIT 1";

    /// <summary>What was said of a turn's answer, as <paramref name="caller"/> may see it; null where nothing was.</summary>
    public async Task<TurnFeedback?> FindAsync(Caller caller, Guid turnId, CancellationToken cancellationToken)
    {
        var feedback = await database.QueryFirstOrDefaultAsync<string>(
            DataScope.Organization(caller.OrganizationId), Read, new { turnId, mayReadComment = caller.AdministersOrganization }, cancellationToken);
        return feedback is null ? null : JsonSerializer.Deserialize<TurnFeedback>(feedback, Wire.Json);
    }
}
