using Evenkeel.Accounts.Tokens;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Accounts.ApiKeys;

/// <summary><c>POST /api/v1/admin/keys</c>: the only answer that ever holds the key itself.</summary>
internal sealed class CreateApiKey(Database database, IAudit audit, IdSource ids, TimeProvider time)
{
    private const int MostNameCharacters = 100;

    private const string Insert =
        """
        INSERT INTO api_keys (id, organization_id, name, prefix, hash, scopes, created_by, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    public static async Task<Results<Created<CreatedApiKey>, ErrorResult>> HandleAsync(
        CreateApiKeyRequest request, Caller caller, CreateApiKey create, HttpContext context, CancellationToken cancellationToken)
    {
        // The answer holds a secret: nothing between server and client may keep it.
        context.Response.Headers.CacheControl = "no-store";
        var created = await create.RunAsync(request, caller, cancellationToken);
        return created.TryGet(out var key, out var error) ? TypedResults.Created((string?)null, key) : (ErrorResult)error;
    }

    private async Task<Result<CreatedApiKey>> RunAsync(CreateApiKeyRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var problems = new List<FieldProblem>();
        var name = TextField.Line(problems, "name", request.Name, MostNameCharacters);
        if (string.IsNullOrEmpty(name))
        {
            problems.Add(FieldProblem.Required("name"));
        }

        var scopes = ReadScopes(problems, request.Scopes);
        if (request.ExpiresAt <= now)
        {
            problems.Add(new FieldProblem("expires_at", "This time is past.", "该时间已过。"));
        }

        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        var secret = ApiKeySecret.Create();
        var key = new ApiKey { Id = ids.Next(), Name = name!, Prefix = ApiKeySecret.PrefixOf(secret), Scopes = scopes, CreatedAt = now, ExpiresAt = request.ExpiresAt };
        await StoreAsync(key, secret, caller, cancellationToken);
        return new CreatedApiKey(key, secret);
    }

    private async Task StoreAsync(ApiKey key, string secret, Caller caller, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(caller.OrganizationId));
        batch.Add(
            Insert,
            Sql.Value(key.Id),
            Sql.Value(caller.OrganizationId),
            Sql.Text(key.Name),
            Sql.Text(key.Prefix),
            Sql.Value(OpaqueSecret.Hash(secret)),
            Sql.Value(key.Scopes.ToArray()),
            Sql.Value(caller.UserId),
            Sql.Time(key.CreatedAt),
            Sql.TimeOrNull(key.ExpiresAt));
        audit.AddTo(batch, AuditRecord.Of(caller, "api_key.created", key.Id.ToString(), new { key.Name, key.Scopes, key.ExpiresAt }));
        await batch.ExecuteAsync(cancellationToken);
    }

    private static string[] ReadScopes(List<FieldProblem> problems, IReadOnlyList<string>? scopes)
    {
        if (scopes is not { Count: > 0 })
        {
            problems.Add(FieldProblem.Required("scopes"));
            return [];
        }

        if (scopes.Any(scope => !ApiScope.All.Contains(scope)))
        {
            var known = string.Join(", ", ApiScope.All);
            problems.Add(new FieldProblem("scopes", $"Known scopes are {known}.", $"可用的权限范围：{known}。"));
        }

        return [.. scopes.Distinct(StringComparer.Ordinal)];
    }
}
