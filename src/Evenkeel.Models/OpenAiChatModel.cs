using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Evenkeel.Models.Tools;
using OpenAI;
using OpenAI.Chat;

namespace Evenkeel.Models;

/// <summary>Any server that speaks OpenAI's chat completions: OpenAI, Ollama, vLLM, LiteLLM and many more.</summary>
internal sealed class OpenAiChatModel : IChatModel
{
    private readonly OpenAIClient _client;
    private readonly ChatClient _chat;
    private readonly bool _isVendor;

    public OpenAiChatModel(HttpClient http, ModelEndpointOptions options)
    {
        var clientOptions = new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0), // retries are the turn's business: it tells the user
            NetworkTimeout = Timeout.InfiniteTimeSpan, // GuardedChatModel keeps the time
        };
        if (options.Endpoint.Length > 0)
            clientOptions.Endpoint = new Uri(options.Endpoint);
        _client = new OpenAIClient(new ApiKeyCredential(options.ApiKey.Length > 0 ? options.ApiKey : "none"), clientOptions);
        _chat = _client.GetChatClient(options.Model);
        _isVendor = options.Endpoint.Length == 0 || IsVendor(new Uri(options.Endpoint).Host);
        Name = options.Model;
    }

    public string Name { get; }

    public async IAsyncEnumerable<ChatModelDelta> StreamAsync(
        ChatModelRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        var chat = request.Model is { Length: > 0 } model && model != Name ? _client.GetChatClient(model) : _chat;
        var calls = new ToolCallAssembly();
        var updates = chat.CompleteChatStreamingAsync(request.Messages.Select(ToMessage), ToOptions(request), ct);
        await foreach (var update in updates.WithCancellation(ct))
        {
            foreach (var part in update.ContentUpdate)
            {
                if (part.Text is { Length: > 0 } text)
                    yield return new ChatModelDelta(text);
            }
            foreach (var piece in update.ToolCallUpdates)
            {
                calls.Add(piece.Index, piece.ToolCallId, piece.FunctionName, piece.FunctionArgumentsUpdate?.ToString());
                yield return new ChatModelDelta(""); // a sign of life: arguments may be long
            }
            if (update.FinishReason is { } reason)
                yield return calls.IsEmpty ? new ChatModelDelta("", FinishReason: ToFinishReason(reason)) : calls.ToDelta();
            if (update.Usage is { } usage)
                yield return new ChatModelDelta("", new ChatModelUsage(usage.InputTokenCount, usage.OutputTokenCount));
        }
    }

    private static ChatMessage ToMessage(ChatTurnMessage message) => message.Role switch
    {
        ChatRole.Tool => new ToolChatMessage(message.ToolCallId, message.Text),
        ChatRole.Assistant when message.ToolCalls.Count > 0 => ToCallingMessage(message),
        ChatRole.System => new SystemChatMessage(message.Text),
        ChatRole.Assistant => new AssistantChatMessage(message.Text),
        _ => new UserChatMessage(message.Text),
    };

    private static AssistantChatMessage ToCallingMessage(ChatTurnMessage message)
    {
        var calling = new AssistantChatMessage(message.ToolCalls.Select(call =>
            OpenAI.Chat.ChatToolCall.CreateFunctionToolCall(call.Id, call.Name, BinaryData.FromString(call.Arguments))));
        if (message.Text.Length > 0)
            calling.Content.Add(ChatMessageContentPart.CreateTextPart(message.Text));
        return calling;
    }

    private ChatCompletionOptions ToOptions(ChatModelRequest request)
    {
        var options = new ChatCompletionOptions { Temperature = (float?)request.Temperature };
        foreach (var tool in request.Tools)
            options.Tools.Add(OpenAI.Chat.ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.Parameters)));
        if (request.Tools.Count > 0 && !request.MayCallTools)
            options.ToolChoice = ChatToolChoice.CreateNoneChoice();
        // The vendor's newer models refuse max_tokens; the servers that imitate it ignore max_completion_tokens.
        if (_isVendor)
            options.MaxOutputTokenCount = request.MaxOutputTokens;
        else
#pragma warning disable SCME0001 // the only way the library offers to send this field
            options.Patch.Set("$.max_tokens"u8, request.MaxOutputTokens);
#pragma warning restore SCME0001
        return options;
    }

    private static bool IsVendor(string host) =>
        host.EndsWith(".openai.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase);

    private static string ToFinishReason(ChatFinishReason reason) => reason switch
    {
        ChatFinishReason.Length => "length",
        ChatFinishReason.ContentFilter => "content_filter",
        _ => "stop",
    };
}

internal sealed class OpenAiProvider(IHttpClientFactory http) : IChatModelProvider
{
    public string Name => "openai";

    public bool IsRemote => true;

    public IChatModel Create(ModelEndpointOptions options) => new OpenAiChatModel(http.CreateClient(ModelHttp.ClientName), options);
}
