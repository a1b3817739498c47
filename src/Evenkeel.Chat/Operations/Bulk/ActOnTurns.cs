using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Chat.Sending;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Timeline;
using Evenkeel.Timeline.Retention;

namespace Evenkeel.Chat.Operations.Bulk;

/// <summary>What a step did: first so many turns of it were done or skipped; the rest, if any, is for the next step.</summary>
/// <param name="Done">Turns.</param>
/// <param name="Skipped">Turns on which it could not be done.</param>
/// <param name="Part">What an export gives for them.</param>
internal sealed record BulkOutcome(int Done, int Skipped, byte[]? Part = null);

/// <summary>
/// Does what a bulk job says to some turns. A step may be repeated: deleting and pinning twice is the same as once, and a turn that was sent again is not the
/// newest of its conversation any more, so that it is skipped.
/// </summary>
internal sealed class ActOnTurns(
    Database database, ISessionRecords records, ISessionPins pins, RegenerateAnswer regenerate, IdSource ids, TimeProvider time)
{
    private static readonly TimeSpan WhileTheQueueIsFull = TimeSpan.FromSeconds(2);

    /// <summary>Acts on turns of the job's organization.</summary>
    public Task<BulkOutcome> RunAsync(BulkJobRow job, IReadOnlyList<BulkTurn> turns, CancellationToken cancellationToken) => job.Action switch
    {
        BulkAction.DeleteEvents => DeleteAsync(job, turns, cancellationToken),
        BulkAction.ExportEvents => ExportAsync(job, turns, cancellationToken),
        BulkAction.Pin => PinAsync(job, turns, cancellationToken),
        BulkAction.Unpin => UnpinAsync(job, turns, cancellationToken),
        BulkAction.RetryTurns => RetryAsync(job, turns, cancellationToken),
        _ => throw new InvalidOperationException($"There is no bulk action {job.Action}."),
    };

    private async Task<BulkOutcome> DeleteAsync(BulkJobRow job, IReadOnlyList<BulkTurn> turns, CancellationToken cancellationToken)
    {
        var pinned = await records.PinnedAsync(job.OrganizationId, Threads(turns), cancellationToken);
        // What a turn that is under way writes is not there yet.
        var free = turns.Where(turn => !pinned.Contains(turn.ThreadId) && turn.Status is not (TurnStatus.Queued or TurnStatus.Running)).ToLookup(turn => turn.ThreadId, turn => turn.Id);
        foreach (var thread in free)
        {
            await records.DeleteAsync(job.OrganizationId, thread.Key, [.. thread], cancellationToken);
        }

        var done = free.Sum(thread => thread.Count());
        return new BulkOutcome(done, turns.Count - done);
    }

    private async Task<BulkOutcome> ExportAsync(BulkJobRow job, IReadOnlyList<BulkTurn> turns, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        foreach (var turn in turns)
        {
            foreach (var recorded in await records.ReadAsync(job.OrganizationId, turn.ThreadId, turn.Id, job.Language, cancellationToken))
            {
                JsonSerializer.Serialize(lines, recorded, Wire.Json);
                lines.WriteByte((byte)'\n');
            }
        }

        return new BulkOutcome(turns.Count, 0, BulkResults.Pack(lines.GetBuffer().AsSpan(0, (int)lines.Length)));
    }

    private async Task<BulkOutcome> PinAsync(BulkJobRow job, IReadOnlyList<BulkTurn> turns, CancellationToken cancellationToken)
    {
        var pin = new SessionPin(PinKind.Pin, $"bulk {job.Id}", job.UserId.ToString());
        await pins.PinAsync(job.OrganizationId, Threads(turns), pin, cancellationToken);
        return new BulkOutcome(turns.Count, 0);
    }

    private async Task<BulkOutcome> UnpinAsync(BulkJobRow job, IReadOnlyList<BulkTurn> turns, CancellationToken cancellationToken)
    {
        await pins.UnpinAsync(job.OrganizationId, Threads(turns), PinKind.Pin, cancellationToken);
        return new BulkOutcome(turns.Count, 0);
    }

    private async Task<BulkOutcome> RetryAsync(BulkJobRow job, IReadOnlyList<BulkTurn> turns, CancellationToken cancellationToken)
    {
        var (done, skipped) = (0, 0);
        foreach (var turn in turns)
        {
            var code = turn.Status == TurnStatus.Failed ? await RetryAsync(job, turn, cancellationToken) : ErrorCode.Conflict;
            if (code == ErrorCode.QueueFull)
            {
                await Task.Delay(WhileTheQueueIsFull, time, cancellationToken);
                break;
            }

            (done, skipped) = code is null ? (done + 1, skipped) : (done, skipped + 1);
        }

        return new BulkOutcome(done, skipped);
    }

    /// <summary>Answers the turn's message again, in the name of the person who sent it.</summary>
    /// <returns>The code of the refusal; null when it is queued.</returns>
    private async Task<string?> RetryAsync(BulkJobRow job, BulkTurn turn, CancellationToken cancellationToken)
    {
        var answer = await database.QueryFirstOrDefaultAsync<Guid?>(
            DataScope.Organization(job.OrganizationId),
            "SELECT id FROM messages WHERE conversation_id = @ThreadId AND turn_id = @Id AND role = 'assistant' ORDER BY seq DESC LIMIT 1",
            new { turn.ThreadId, turn.Id },
            cancellationToken);
        if (answer is null)
        {
            return ErrorCode.NotFound;
        }

        var sender = new Caller
        {
            UserId = turn.UserId, OrganizationId = job.OrganizationId, Role = MemberRole.Member, Locale = turn.Language, TokenExpiresAt = time.GetUtcNow(),
        };
        var request = new RegenerateRequest { Caller = sender, AnswerId = answer.Value, CorrelationId = ids.Next(), Language = turn.Language, IsOfOperator = true };
        var result = await regenerate.HandleAsync(request, cancellationToken);
        return result.Error?.Code;
    }

    private static Guid[] Threads(IReadOnlyList<BulkTurn> turns) => [.. turns.Select(turn => turn.ThreadId).Distinct()];
}
