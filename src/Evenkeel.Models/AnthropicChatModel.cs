using System.Runtime.CompilerServices;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Evenkeel.Models.Tools;

namespace Evenkeel.Models;

internal sealed class AnthropicChatModel : IChatModel, IDisposable
{
    private const string VendorEndpoint = "https://api.anthropic.com"; // named, or the library would take it from its own variable
    private readonly AnthropicClient _client;

    public AnthropicChatModel(HttpClient http, ModelEndpointOptions options)
    {
        Name = options.Model;
        _client = new AnthropicClient(new ClientOptions
        {
            HttpClient = http,
            BaseUrl = options.Endpoint.Length > 0 ? options.Endpoint.TrimEnd('/') : VendorEndpoint,
            ApiKey = options.ApiKey.Length > 0 ? options.ApiKey : "none",
            MaxRetries = 0, // retries are the turn's business: it tells the user
            Timeout = Timeout.InfiniteTimeSpan, // GuardedChatModel keeps the time
        });
    }

    public string Name { get; }

    public async IAsyncEnumerable<ChatModelDelta> StreamAsync(
        ChatModelRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        var inputTokens = 0L;
        var calls = new ToolCallAssembly();
        await foreach (var happening in _client.Messages.CreateStreaming(ToParameters(request), ct).WithCancellation(ct))
        {
            if (happening.TryPickContentBlockDelta(out var block))
            {
                if (block.Delta.TryPickText(out var text))
                    yield return new ChatModelDelta(text.Text);
                if (block.Delta.TryPickInputJson(out var arguments))
                {
                    calls.Add(block.Index, null, null, arguments.PartialJson);
                    yield return new ChatModelDelta(""); // a sign of life: arguments may be long
                }
            }
            else if (happening.TryPickContentBlockStart(out var begin))
            {
                if (begin.ContentBlock.TryPickToolUse(out var call))
                    calls.Add(begin.Index, call.ID, call.Name, null);
            }
            else if (happening.TryPickStart(out var start))
            {
                inputTokens = start.Message.Usage.InputTokens;
            }
            else if (happening.TryPickDelta(out var end) && end.Delta.StopReason is { } reason)
            {
                var usage = new ChatModelUsage((int)inputTokens, (int)end.Usage.OutputTokens);
                yield return calls.IsEmpty ? new ChatModelDelta("", usage, ToFinishReason(reason.Raw())) : calls.ToDelta(usage);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>This API takes system text apart from the messages, and refuses empty ones.</summary>
    private MessageCreateParams ToParameters(ChatModelRequest request)
    {
        var system = string.Join("\n\n", request.Messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text));
        var parameters = new MessageCreateParams
        {
            Model = request.Model is { Length: > 0 } model ? model : Name,
            MaxTokens = request.MaxOutputTokens,
            Messages = AnthropicMessages.Of(request.Messages),
        };
        parameters = system.Length > 0 ? parameters with { System = system } : parameters;
        parameters = request.Tools.Count > 0 ? parameters with { Tools = [.. request.Tools.Select(AnthropicMessages.ToTool)] } : parameters;
        return request.Tools.Count > 0 && !request.MayCallTools ? parameters with { ToolChoice = new ToolChoiceNone() } : parameters;
    }

    private static string ToFinishReason(string reason) => reason switch
    {
        "max_tokens" or "model_context_window_exceeded" => "length",
        "refusal" => "content_filter",
        _ => "stop",
    };
}

internal sealed class AnthropicProvider(IHttpClientFactory http) : IChatModelProvider
{
    public string Name => "anthropic";

    public bool IsRemote => true;

    public IChatModel Create(ModelEndpointOptions options) => new AnthropicChatModel(http.CreateClient(ModelHttp.ClientName), options);

    /// <summary>An "error" event in mid-stream: the API overloaded or failing after it had said 200.</summary>
    public ModelFailureKind? Classify(Exception exception) =>
        exception is AnthropicSseException ? ModelFailureKind.Unavailable : null;
}
