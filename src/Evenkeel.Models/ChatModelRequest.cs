namespace Evenkeel.Models;

public enum ChatRole
{
    System,
    User,
    Assistant,

    /// <summary>The result of a tool.</summary>
    Tool,
}

public sealed record ChatTurnMessage(ChatRole Role, string Text)
{
    /// <summary>What an assistant's message asked for, beside its text, which may be "".</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get; init; } = [];

    /// <summary>Of a tool's result: the call it answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>What a tool gave. Results follow the message with their calls, one for each call.</summary>
    public static ChatTurnMessage ToolResult(ChatToolCall call, string text) => new(ChatRole.Tool, text) { ToolCallId = call.Id };
}

/// <summary>A retrieved passage offered to the model.</summary>
/// <param name="Id">The stored passage.</param>
/// <param name="Label">The short citation label ("1", "2"…), written as [1] in the answer.</param>
/// <param name="Title">The title of the document it comes from.</param>
/// <param name="HeadingPath">The headings above the passage, outermost first.</param>
/// <param name="Text">The passage as Markdown.</param>
/// <param name="Language">"en" or "zh".</param>
/// <param name="Score">The retrieval score; only its order and proportion within one request count.</param>
public sealed record GroundingPassage(
    Guid Id, string Label, string Title, IReadOnlyList<string> HeadingPath, string Text, string Language, double Score)
{
    /// <summary>Of an entry of a catalogue: what a list of answers says of it, as Markdown in the answer's language. Null of a document's passage.</summary>
    public string? Line { get; init; }
}

/// <summary>
/// What one turn asks of a model. <see cref="Messages"/> is the complete prompt as composed under the token budget (system,
/// history, question); remote providers send exactly that. The other fields carry the same turn in structured form for a
/// responder that does not read prompts.
/// </summary>
public sealed record ChatModelRequest
{
    public required IReadOnlyList<ChatTurnMessage> Messages { get; init; }

    /// <summary>What to look up: the newest user message, after the earlier question it follows on, if any.</summary>
    public required string Question { get; init; }

    public required IReadOnlyList<GroundingPassage> Passages { get; init; }

    /// <summary>The language of the question and so of the answer: "en" or "zh".</summary>
    public required string Language { get; init; }

    /// <summary>Overrides the configured model name, for bots that choose their own.</summary>
    public string? Model { get; init; }

    /// <summary>Null leaves it to the model: some refuse the parameter. Anthropic has it no more and ignores this.</summary>
    public double? Temperature { get; init; }

    /// <summary>Where nothing else is asked for.</summary>
    public const int LongestAnswerTokens = 1024;

    public int MaxOutputTokens { get; init; } = LongestAnswerTokens;

    public string Persona { get; init; } = "";

    /// <summary>What to say when the answer is not known; "" means built-in wording in <see cref="Language"/>.</summary>
    public string UnknownAnswer { get; init; } = "";

    /// <summary>What the person is to be told first, in <see cref="Language"/>; in the prompt too.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool IsSmallTalk { get; init; }

    /// <summary>What the model may ask for; it then answers with tool calls instead of, or after, text. Endpoints without support are not told of them.</summary>
    public IReadOnlyList<ChatTool> Tools { get; init; } = [];

    /// <summary>False = the model has to answer now. The tools stay listed, as calls and results among the messages mean nothing without.</summary>
    public bool MayCallTools { get; init; } = true;

    /// <summary>
    /// The whole prompt for a model that is offered no tools, with the passages in it: the one that takes over may be such a model.
    /// Null = <see cref="Messages"/> without calls and results.
    /// </summary>
    public IReadOnlyList<ChatTurnMessage>? MessagesWithoutTools { get; init; }

    /// <summary>Joins the log lines of a call with the turn's; not sent to the provider.</summary>
    public Guid CorrelationId { get; init; }

    /// <summary>The same turn for a model that is offered no tools.</summary>
    internal ChatModelRequest WithoutTools() => this with
    {
        Tools = [],
        MessagesWithoutTools = null,
        Messages = MessagesWithoutTools ??
        [
            .. Messages.Where(message => message.Role != ChatRole.Tool && (message.ToolCalls.Count == 0 || message.Text.Length > 0))
                .Select(message => message with { ToolCalls = [] }),
        ],
    };
}

/// <summary>A piece of the answer. Usage and finish reason arrive with, or after, the last text; then <c>Text</c> may be "".</summary>
/// <param name="Text">To be appended to the answer.</param>
/// <param name="Usage">Null where the provider does not count.</param>
/// <param name="FinishReason">"stop", "length" (cut at MaxOutputTokens), "content_filter" or "tool_calls", whatever the provider calls it.</param>
/// <param name="ToolCalls">All of them together, complete, with the finish reason "tool_calls"; else null.</param>
public readonly record struct ChatModelDelta(
    string Text, ChatModelUsage? Usage = null, string? FinishReason = null, IReadOnlyList<ChatToolCall>? ToolCalls = null);

public sealed record ChatModelUsage(int InputTokens, int OutputTokens);
