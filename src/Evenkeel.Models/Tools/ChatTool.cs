namespace Evenkeel.Models;

/// <summary>Something a model may ask for while it answers.</summary>
/// <param name="Name">Letters, digits, <c>_</c> and <c>-</c>, at most 64.</param>
/// <param name="Description">When to use it and what it gives: all that the model knows of it.</param>
/// <param name="Parameters">JSON Schema of the arguments: an object.</param>
public sealed record ChatTool(string Name, string Description, string Parameters);

/// <summary>A model asks for a tool.</summary>
/// <param name="Id">What the result answers to.</param>
/// <param name="Name">Which; models also name tools that were not offered.</param>
/// <param name="Arguments">A JSON object, certainly; whether it fits the schema is not checked.</param>
public sealed record ChatToolCall(string Id, string Name, string Arguments);

/// <summary>Whether models of an endpoint are offered tools: the values of <c>Models__Chat__Tools</c>.</summary>
public static class ToolSetting
{
    /// <summary>Until the endpoint refuses them.</summary>
    public const string Auto = "auto";

    /// <summary>Always; an endpoint that refuses them fails.</summary>
    public const string On = "on";

    /// <summary>Never.</summary>
    public const string Off = "off";
}
