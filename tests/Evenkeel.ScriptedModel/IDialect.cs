using System.Buffers;

namespace Evenkeel.ScriptedModel;

/// <summary>The wire shapes of one vendor's API.</summary>
internal interface IDialect
{
    void WriteStart(IBufferWriter<byte> output, string model);

    void WriteToken(IBufferWriter<byte> output, string model, string token);

    void WriteEnd(IBufferWriter<byte> output, string model, int tokens, bool includeUsage, IReadOnlyList<ScriptedToolCall> calls);

    /// <summary>The beginning of a frame whose JSON never ends well.</summary>
    ReadOnlyMemory<byte> Garbage { get; }

    string Complete(string model, IReadOnlyList<string> tokens);

    string Error(int status);
}

internal static class Usage
{
    /// <summary>What every answer claims for the prompt: a constant keeps answers cacheable.</summary>
    public const int PromptTokens = 12;
}
