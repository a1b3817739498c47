using System.Diagnostics;
using Evenkeel.Platform.Tracing;

namespace Evenkeel.Models.Endpoints;

/// <summary>
/// One call of a model as OpenTelemetry tells of it: a span, its duration, the time to the first piece, its tokens. Never what was said.
/// </summary>
internal sealed class ModelSpan
{
    private readonly GenAiMeters _meters;
    private readonly Activity? _span;
    private readonly TagList _tags;
    private readonly long _startedAt;
    private bool _hasChunk;

    /// <param name="meters">Where it is counted.</param>
    /// <param name="operation">Such as <see cref="GenAi.Chat"/>.</param>
    /// <param name="model">The configured one: a chatbot's own name for a model, written by a person, must not make time series.</param>
    /// <param name="provider">Host and path of the endpoint.</param>
    public ModelSpan(GenAiMeters meters, string operation, string model, string provider)
    {
        _meters = meters;
        _tags = new TagList { { GenAi.OperationName, operation }, { GenAi.RequestModel, model }, { GenAi.ProviderName, provider } };
        _span = Spans.StartBelow($"{operation} {model}", ActivityKind.Client);
        _startedAt = meters.Now;
        foreach (var tag in _tags)
        {
            _span?.SetTag(tag.Key, tag.Value);
        }
    }

    /// <summary>A piece of the answer came; only the first one counts.</summary>
    public void NoteChunk()
    {
        if (!_hasChunk)
        {
            _hasChunk = true;
            _meters.FirstChunk.Record(_meters.SecondsSince(_startedAt), _tags);
        }
    }

    /// <summary>The call is over.</summary>
    /// <param name="errorType">What it failed of; null = it did not.</param>
    /// <param name="usage">Its tokens, where they were counted.</param>
    public void End(string? errorType, ChatModelUsage? usage)
    {
        var tags = _tags;
        if (errorType is not null)
        {
            tags.Add(GenAi.ErrorType, errorType);
            _span.Fail(errorType);
        }

        _meters.Duration.Record(_meters.SecondsSince(_startedAt), tags);
        if (usage is not null)
        {
            Count(usage.InputTokens, "input");
            Count(usage.OutputTokens, "output");
            _span?.SetTag(GenAi.InputTokens, usage.InputTokens).SetTag(GenAi.OutputTokens, usage.OutputTokens);
        }

        _span?.Dispose();
    }

    private void Count(int tokens, string type)
    {
        var tags = _tags;
        tags.Add(GenAi.TokenType, type);
        _meters.Tokens.Record(tokens, tags);
    }
}
