using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chatbots;

namespace Evenkeel.Chatbots;

/// <summary>A row of <c>chatbots</c>.</summary>
internal sealed record ChatbotRow
{
    /// <summary>What every query that makes a row selects.</summary>
    public const string Columns = "id, organization_id, name, slug, description, welcome_message, status, settings::text AS settings, created_at, updated_at";

    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public string Name { get; init; } = "";
    public string Slug { get; init; } = "";
    public string Description { get; init; } = "";
    public string WelcomeMessage { get; init; } = "";
    public string Status { get; init; } = "";
    public string Settings { get; init; } = "{}";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    public ChatbotSettings ReadSettings() => JsonSerializer.Deserialize<ChatbotSettings>(Settings, Wire.Json) ?? new ChatbotSettings();

    public Chatbot ToWire() => new()
    {
        Id = Id,
        Name = Name,
        Slug = Slug,
        Description = Description,
        WelcomeMessage = WelcomeMessage,
        Status = Status,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };

    public ChatbotProfile ToProfile() => new()
    {
        Id = Id,
        OrganizationId = OrganizationId,
        Name = Name,
        WelcomeMessage = WelcomeMessage,
        Status = Status,
        Settings = ReadSettings(),
    };
}
