namespace Evenkeel.Knowledge.Ingestion;

/// <summary>Where documents are stored.</summary>
internal sealed record StoreTarget(Guid OrganizationId, Guid ChatbotId, Guid SourceId);
