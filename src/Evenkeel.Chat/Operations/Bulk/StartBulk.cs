using System.Text.Json;
using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Chat.Operations.Bulk;

/// <summary>
/// <c>POST /api/v1/admin/bulk</c>: counts the turns that are meant, and queues the job unless that was all that was asked for. The turns are those that exist
/// now: later ones are not meant.
/// </summary>
internal sealed class StartBulk(Database database, IAudit audit, IdSource ids, TimeProvider time, RunBulkJobs loop)
{
    private const int MostNamed = 1_000;

    /// <summary>Which turns a job is about: those named, or those that match, of the organization.</summary>
    internal const string Chosen = $"t.organization_id = @OrganizationId AND t.id <= @LastTurnId AND (@TurnIds::uuid[] IS NULL OR t.id = ANY (@TurnIds)) AND {TurnFilter.Condition}";

    public static async Task<Results<Ok<BulkJob>, Accepted<BulkJob>, ErrorResult>> HandleAsync(
        BulkRequest request, HttpContext context, Caller caller, StartBulk start, CancellationToken cancellationToken)
    {
        if (Problems(request) is { Count: > 0 } problems)
        {
            return new ErrorResult(Error.Invalid(problems));
        }

        var job = start.JobOf(request, caller, RequestLanguage.Of(context));
        job = job with { Total = await start.CountAsync(job, cancellationToken) };
        if (request.DryRun)
        {
            return TypedResults.Ok(job.ToJob() with { Id = null, Status = "preview", CreatedAt = null });
        }

        if (request.ExpectedCount is { } expected && job.Total > expected)
        {
            return new ErrorResult(MoreThanExpected(job.Total));
        }

        await start.StoreAsync(job, caller, cancellationToken);
        return TypedResults.Accepted($"/api/v1/admin/bulk/{job.Id}", job.ToJob());
    }

    private static List<FieldProblem> Problems(BulkRequest request)
    {
        var problems = new List<FieldProblem>();
        if (!BulkAction.All.Contains(request.Action))
        {
            problems.Add(new FieldProblem("action", $"One of {string.Join(", ", BulkAction.All)}.", $"可用的值：{string.Join("、", BulkAction.All)}。"));
        }

        if (request.TurnIds is null == request.Filter is null)
        {
            problems.Add(new FieldProblem("turn_ids", "Either turn_ids or a filter.", "请提供 turn_ids 或 filter 其中之一。"));
        }

        if (request.TurnIds is { Count: 0 or > MostNamed })
        {
            problems.Add(new FieldProblem("turn_ids", $"From 1 to {MostNamed:N0}.", $"数量应为 1 至 {MostNamed:N0}。"));
        }

        return request.Filter is { } filter ? [.. problems, .. TurnFilter.Problems(filter).Select(problem => problem with { Field = $"filter.{problem.Field}" })] : problems;
    }

    private static Error MoreThanExpected(long total) => new(ErrorCode.Conflict)
    {
        Fields = [new FieldProblem("expected_count", $"{total:N0} turns match by now: look again before you go on.", $"目前有 {total:N0} 个回合符合条件，请重新确认。")],
    };

    private BulkJobRow JobOf(BulkRequest request, Caller caller, string language)
    {
        var id = ids.Next();
        return new BulkJobRow
        {
            Id = id,
            OrganizationId = caller.OrganizationId,
            UserId = caller.UserId,
            Action = request.Action!,
            Language = language,
            TurnIds = request.TurnIds?.ToArray(),
            FilterJson = request.Filter is { } filter ? JsonSerializer.Serialize(filter, Wire.Json) : null,
            // Ids lie in the order of time: the job's own is greater than those of all turns so far.
            LastTurnId = id,
            Status = "queued",
            Total = 0,
            Done = 0,
            Skipped = 0,
            CreatedAt = time.GetUtcNow(),
        };
    }

    private Task<long> CountAsync(BulkJobRow job, CancellationToken cancellationToken)
    {
        var args = new DynamicParameters(TurnFilter.Args(job.Filter));
        args.AddDynamicParams(new { job.OrganizationId, job.LastTurnId, job.TurnIds });
        return database.QueryFirstOrDefaultAsync<long>(
            DataScope.Organization(job.OrganizationId), $"SELECT count(*) FROM turns t WHERE {Chosen}", args, cancellationToken);
    }

    private async Task StoreAsync(BulkJobRow job, Caller caller, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(job.OrganizationId));
        batch.Add(
            """
            INSERT INTO bulk_jobs (id, organization_id, user_id, action, language, turn_ids, filter, last_turn_id, status, total, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $1, 'queued', $8, $9)
            """,
            Sql.Value(job.Id), Sql.Value(job.OrganizationId), Sql.Value(job.UserId), Sql.Value(job.Action), Sql.Value(job.Language), Sql.Uuids(job.TurnIds),
            Sql.Json(job.FilterJson), Sql.Value(job.Total), Sql.Time(job.CreatedAt));
        audit.AddTo(batch, AuditRecord.Of(caller, $"bulk.{job.Action}", job.Id.ToString(), new { turns = job.Total }));
        await batch.ExecuteAsync(cancellationToken);
        loop.Wake();
    }
}
