namespace Evenkeel.Chat.Operations.Bulk;

/// <summary>What can be done to many turns.</summary>
internal static class BulkAction
{
    public const string DeleteEvents = "delete_events";
    public const string ExportEvents = "export_events";
    public const string Pin = "pin";
    public const string Unpin = "unpin";
    public const string RetryTurns = "retry_turns";

    public static readonly string[] All = [DeleteEvents, ExportEvents, Pin, Unpin, RetryTurns];
}

/// <summary>A turn that a bulk operation comes to.</summary>
internal sealed record BulkTurn
{
    public required Guid Id { get; init; }
    public required Guid ThreadId { get; init; }
    public required Guid UserId { get; init; }
    public required string Status { get; init; }
    public required string Language { get; init; }
}
