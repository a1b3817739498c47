namespace Evenkeel.ScriptedModel;

/// <summary>What the server does when no scripted behaviour matches, and where it listens.</summary>
public sealed record ScriptedModelOptions
{
    /// <summary>0 lets the system choose.</summary>
    public int Port { get; init; }

    /// <summary>Length of the default answer, "word1 word2 …".</summary>
    public int Tokens { get; init; } = 32;

    /// <summary>Between tokens. Zero sends the whole answer in one write.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Before the first token.</summary>
    public TimeSpan FirstDelay { get; init; }

    /// <summary>How many received requests are kept; older ones are forgotten. 0 keeps none, for measurements.</summary>
    public int RememberedRequests { get; init; } = 1000;

    /// <summary>The default length of embeddings when the request does not ask for one.</summary>
    public int EmbeddingDimensions { get; init; } = 256;
}
