namespace Evenkeel.Chatbots;

/// <summary>Whether strangers can reach a chatbot.</summary>
public static class ChatbotStatus
{
    /// <summary>Only members of the organization.</summary>
    public const string Draft = "draft";

    /// <summary>Everybody who knows its address.</summary>
    public const string Published = "published";
}
