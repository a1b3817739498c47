using Evenkeel.Platform.Data;

namespace Evenkeel.Accounts;

/// <summary>Writes down who changed what. Entries are never changed or deleted.</summary>
public interface IAudit
{
    /// <summary>Adds one statement, so that the entry is there exactly when the change is. It has no result rows.</summary>
    void AddTo(ScopedBatch batch, AuditRecord record);

    /// <summary>
    /// Changes something and writes it down in one transaction: both are there or neither. A statement that changes no row leaves no entry.
    /// </summary>
    /// <param name="scope">What the statement may see; the organization of the entry is in it.</param>
    /// <param name="change">The statement, with its parameters by name.</param>
    /// <param name="record">What is written down.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The rows it changed.</returns>
    Task<int> ChangeAsync(DataScope scope, (string Sql, object Args) change, AuditRecord record, CancellationToken cancellationToken);
}

/// <summary>What is written down.</summary>
public sealed record AuditRecord
{
    /// <summary>Whose.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>The person or key that did it; null = the server by itself.</summary>
    public Caller? Actor { get; init; }

    /// <summary>Such as <c>api_key.created</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: an id, or a name that administrators gave.</summary>
    public string? Target { get; init; }

    /// <summary>What helps to understand it, written as a JSON object: names that administrators gave, numbers, codes; no person's words.</summary>
    public object? Data { get; init; }

    /// <summary>Something this caller did.</summary>
    public static AuditRecord Of(Caller caller, string action, string? target = null, object? data = null) =>
        new() { OrganizationId = caller.OrganizationId, Actor = caller, Action = action, Target = target, Data = data };
}
