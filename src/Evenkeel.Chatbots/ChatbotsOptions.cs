using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Chatbots;

/// <summary>Settings under <c>Chatbots</c>.</summary>
public sealed class ChatbotsOptions
{
    /// <summary>
    /// Seconds a chatbot's profile is answered from memory. Bounds how long another node's change stays unseen; five seconds keep the
    /// query off all but one turn in thousands.
    /// </summary>
    [Range(0, 300)]
    public double ProfileLifetimeSeconds { get; init; } = 5;

    internal TimeSpan ProfileLifetime => TimeSpan.FromSeconds(ProfileLifetimeSeconds);
}
