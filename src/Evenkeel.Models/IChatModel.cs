namespace Evenkeel.Models;

/// <summary>
/// One way of getting an answer: a remote model or the built-in responder. A stream ends normally only after some text or tool calls and a
/// finish reason; every failure is a <see cref="ModelException"/>, a cancellation by the caller stays an
/// <see cref="OperationCanceledException"/>.
/// </summary>
public interface IChatModel
{
    /// <summary>The model name shown in frames and on messages.</summary>
    string Name { get; }

    /// <summary>The model that answers <paramref name="request"/>: the one it asks for, unless the provider knows only one.</summary>
    string NameFor(ChatModelRequest request) => request.Model ?? Name;

    IAsyncEnumerable<ChatModelDelta> StreamAsync(ChatModelRequest request, CancellationToken ct);
}
