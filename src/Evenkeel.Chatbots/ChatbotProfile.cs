using Evenkeel.Contracts.Chatbots;

namespace Evenkeel.Chatbots;

/// <summary>What a turn needs to know about a chatbot.</summary>
public sealed record ChatbotProfile
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Name { get; init; }
    public required string WelcomeMessage { get; init; }

    /// <summary><c>draft</c> or <c>published</c>.</summary>
    public required string Status { get; init; }
    public required ChatbotSettings Settings { get; init; }
}

/// <summary>
/// The chatbots of organizations, kept in memory for a few seconds: every turn asks. A change on this node is seen at once, a change
/// on another node within <see cref="ChatbotsOptions.ProfileLifetimeSeconds"/>. Deleted chatbots are not found.
/// </summary>
public interface IChatbotDirectory
{
    /// <summary>The chatbot, or null when it does not exist, is deleted, or belongs to another organization.</summary>
    ValueTask<ChatbotProfile?> FindAsync(Guid organizationId, Guid chatbotId, CancellationToken cancellationToken);

    /// <summary>The oldest chatbot of the organization: where a conversation goes that names none.</summary>
    ValueTask<ChatbotProfile?> FirstAsync(Guid organizationId, CancellationToken cancellationToken);
}
