using System.Buffers;
using System.Collections.Concurrent;

namespace Evenkeel.ScriptedModel;

/// <summary>A whole streamed answer as bytes, with the places where it may be paused.</summary>
internal sealed class EncodedAnswer
{
    private readonly int[] _ends;

    private EncodedAnswer(byte[] bytes, int[] ends) => (Bytes, _ends) = (bytes, ends);

    public ReadOnlyMemory<byte> Bytes { get; }

    public int TokenCount => _ends.Length - 1;

    /// <summary>Where the frame of the n-th token ends; 0 is the end of the opening frames.</summary>
    public int EndOfToken(int number) => _ends[Math.Min(number, TokenCount)];

    public static EncodedAnswer Encode(
        IDialect dialect, string model, IReadOnlyList<string> tokens, bool includeUsage, IReadOnlyList<ScriptedToolCall> calls)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        var ends = new int[tokens.Count + 1];
        dialect.WriteStart(output, model);
        ends[0] = output.WrittenCount;
        for (var index = 0; index < tokens.Count; index++)
        {
            dialect.WriteToken(output, model, tokens[index]);
            ends[index + 1] = output.WrittenCount;
        }
        dialect.WriteEnd(output, model, tokens.Count, includeUsage, calls);
        return new EncodedAnswer(output.WrittenSpan.ToArray(), ends);
    }
}

/// <summary>Default answers are encoded once: the server shares the processor with what is being measured.</summary>
internal sealed class EncodedAnswers(IDialect dialect)
{
    private readonly ConcurrentDictionary<(string Model, int Tokens, bool Usage), EncodedAnswer> _counted = new();

    public EncodedAnswer For(ReceivedRequest request, Behaviour behaviour, int defaultTokens)
    {
        if (behaviour.Text is not null || behaviour.ToolCalls is not null || behaviour.Kind == BehaviourKind.Empty || _counted.Count > 100)
            return Encode(request, behaviour, defaultTokens);
        var key = (request.Model, behaviour.Tokens ?? defaultTokens, request.IncludeUsage);
        if (_counted.TryGetValue(key, out var answer))
            return answer;
        return _counted[key] = Encode(request, behaviour, defaultTokens);
    }

    private EncodedAnswer Encode(ReceivedRequest request, Behaviour behaviour, int defaultTokens) =>
        EncodedAnswer.Encode(dialect, request.Model, Answer.Tokens(behaviour, defaultTokens), request.IncludeUsage, behaviour.ToolCalls ?? []);
}
