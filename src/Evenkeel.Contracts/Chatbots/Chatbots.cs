using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Chatbots;

/// <summary>A chatbot as lists and records give it.</summary>
public sealed record Chatbot
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Unique in the installation, used in public addresses.</summary>
    public required string Slug { get; init; }
    public required string Description { get; init; }
    public required string WelcomeMessage { get; init; }

    /// <summary><c>draft</c> or <c>published</c>.</summary>
    public required string Status { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Body of <c>POST</c> and <c>PATCH /api/v1/chatbots</c>; absent members stay as they are.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChatbotRequest
{
    /// <summary>1 to 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>3 to 60 of <c>a-z 0-9 -</c>; absent = made from the name.</summary>
    public string? Slug { get; init; }

    /// <summary>Up to 1,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Up to 2,000 characters.</summary>
    public string? WelcomeMessage { get; init; }
}

/// <summary>How a chatbot answers (<c>GET /api/v1/chatbots/{id}/settings</c>).</summary>
public sealed record ChatbotSettings
{
    /// <summary>Who the bot is and how it speaks; up to 8,000 characters.</summary>
    public string Persona { get; init; } = "";

    /// <summary>Model name; empty = the server's default.</summary>
    public string Model { get; init; } = "";

    /// <summary>0 to 2; null = the model's default.</summary>
    public double? Temperature { get; init; }

    /// <summary>Models tried in order when the first fails.</summary>
    public IReadOnlyList<string> FallbackModels { get; init; } = [];

    /// <summary>What it says when the documents do not answer; empty = built-in wording.</summary>
    public string UnknownAnswer { get; init; } = "";

    /// <summary>What it says instead of an answer that moderation stops; empty = built-in wording. Crises get words of their own.</summary>
    public string BlockedAnswer { get; init; } = "";

    /// <summary>Fail the turn when the documents cannot be searched, instead of answering without them.</summary>
    public bool RequireRetrieval { get; init; }

    /// <summary>
    /// Kinds of personal data (<see cref="PersonalDataKind"/>) masked in passages before they are shown or given to a model. By default what nobody
    /// publishes; e-mail addresses and telephone numbers are left, since organizations publish their own.
    /// </summary>
    public IReadOnlyList<string> MaskPersonalData { get; init; } = PersonalDataKind.MaskedByDefault;

    /// <summary>0 to 1: passages less fitting than this answer nothing, and the bot says that it does not know; null = the server's default.</summary>
    public double? LeastScore { get; init; }

    /// <summary>Models that can call tools may search the documents again in their own words. Costs further calls of the model.</summary>
    public bool UseTools { get; init; } = true;
}

/// <summary>Kinds of personal data that can be masked.</summary>
public static class PersonalDataKind
{
    public const string Email = "email";
    public const string Phone = "phone";
    public const string Card = "card";
    public const string Iban = "iban";
    public const string IdentityNumber = "identity_number";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Email, Phone, Card, Iban, IdentityNumber];

    /// <summary>Those masked unless a chatbot's settings say otherwise.</summary>
    public static IReadOnlyList<string> MaskedByDefault { get; } = [Card, Iban, IdentityNumber];
}

/// <summary>
/// Body of <c>PUT /api/v1/chatbots/{id}/settings</c>: the whole of the settings. An absent member returns to its default; an unknown
/// one is refused. The members are those of <see cref="ChatbotSettings"/>.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChatbotSettingsRequest
{
    /// <summary>Up to 8,000 characters.</summary>
    public string? Persona { get; init; }

    /// <summary>Up to 200 characters.</summary>
    public string? Model { get; init; }

    /// <summary>0 to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>Up to 5 names of up to 200 characters.</summary>
    public IReadOnlyList<string?>? FallbackModels { get; init; }

    /// <summary>Up to 2,000 characters.</summary>
    public string? UnknownAnswer { get; init; }

    /// <summary>Up to 2,000 characters.</summary>
    public string? BlockedAnswer { get; init; }

    public bool? RequireRetrieval { get; init; }

    /// <summary>Of <c>email</c>, <c>phone</c>, <c>card</c>, <c>iban</c>, <c>identity_number</c>; empty = nothing is masked.</summary>
    public IReadOnlyList<string?>? MaskPersonalData { get; init; }

    /// <summary>0 to 1.</summary>
    public double? LeastScore { get; init; }

    public bool? UseTools { get; init; }
}
