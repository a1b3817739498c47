using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Models;

/// <summary>The configuration section "Models".</summary>
public sealed class ModelsOptions
{
    public ChatModelOptions Chat { get; init; } = new();
}

/// <summary>One model and where it is: the section "Models:Chat" itself, and each entry of "Models:Chat:Fallbacks".</summary>
public class ModelEndpointOptions
{
    /// <summary>"extractive" (built in, the default: works without any service), "openai" (any compatible endpoint), "anthropic".</summary>
    public string Provider { get; init; } = ExtractiveChatModel.ProviderName;

    /// <summary>Whether the built-in responder answers, because no model is configured.</summary>
    public bool IsBuiltIn => Provider == ExtractiveChatModel.ProviderName;

    /// <summary>The API root, such as http://localhost:11434/v1 for Ollama. Empty is the vendor's own.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>May be empty for servers of one's own.</summary>
    public string ApiKey { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>
    /// Whether the model is offered tools: "auto" (until the endpoint refuses them), "on" or "off". Without them passages are looked up before it is asked.
    /// </summary>
    [AllowedValues(ToolSetting.Auto, ToolSetting.On, ToolSetting.Off, ErrorMessage = "must be auto, on or off.")]
    public string Tools { get; init; } = ToolSetting.Auto;

    /// <summary>Seconds from the request to the first piece of text. Local models load for many seconds on their first request.</summary>
    [Range(0.001, 3600)]
    public double FirstTokenTimeoutSeconds { get; init; } = 30;

    /// <summary>Seconds between two pieces of an answer: a longer silence means that the model is gone.</summary>
    [Range(0.001, 3600)]
    public double IdleTimeoutSeconds { get; init; } = 30;

    /// <summary>Seconds for the whole answer, so that no turn holds a worker for ever.</summary>
    [Range(0.001, 3600)]
    public double TotalTimeoutSeconds { get; init; } = 120;
}

/// <summary>The configuration section "Models:Chat": the model asked first, and what happens when it fails.</summary>
public sealed class ChatModelOptions : ModelEndpointOptions
{
    /// <summary>Models tried in this order when the first one fails.</summary>
    public IReadOnlyList<ModelEndpointOptions> Fallbacks { get; init; } = [];

    /// <summary>Whether the built-in responder answers when every model failed; the message says so. With false the turn fails.</summary>
    public bool ExtractiveFallback { get; init; } = true;

    /// <summary>
    /// Seconds for all calls, waits and fallbacks of one turn's answer. Long enough for one call that hangs and one full answer after it;
    /// a wait that does not fit in is not begun.
    /// </summary>
    [Range(0.001, 7200)]
    public double TurnTimeoutSeconds { get; init; } = 180;

    /// <summary>How often one model is called again after a failure that may pass.</summary>
    [Range(0, 10)]
    public int Retries { get; init; } = 3;

    /// <summary>Seconds before the first retry, give or take a fifth; each further one waits twice as long: 1, 2, 4.</summary>
    [Range(0.001, 60)]
    public double FirstRetrySeconds { get; init; } = 1;

    /// <summary>
    /// Seconds for which a failing endpoint is not called, twice as long after a probe that failed. Short, because a probe is one call and a
    /// model that works again should not stand idle.
    /// </summary>
    [Range(0.5, 600)]
    public double BreakSeconds { get; init; } = 5;
}
