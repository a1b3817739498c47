using Evenkeel.Accounts;
using Evenkeel.Chat.Sending;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Chat.Delivery;

/// <summary>What clients ask for through their socket: the same use cases as over HTTP.</summary>
internal sealed class ClientCommands(SendMessage send, StopTurn stop, IdSource ids, ILogger<ClientCommands> logger) : IClientCommands
{
    public async Task<Error?> SendAsync(Caller caller, Guid threadId, ClientFrame frame, string language, CancellationToken cancellationToken)
    {
        // The socket's request has an id of its own; from here on everything is about this message.
        var correlationId = frame.CorrelationId is { } given && given != Guid.Empty ? given : ids.Next();
        using var scope = logger.BeginScope(new CorrelationScope(correlationId));
        var result = await send.HandleAsync(
            new IncomingMessage
            {
                Caller = caller,
                Request = new SendMessageRequest
                {
                    ThreadId = threadId,
                    Message = frame.Message,
                    ClientMessageId = frame.ClientMessageId,
                    Locale = frame.Locale,
                    SearchHandle = frame.SearchHandle,
                    CandidateEventIds = frame.CandidateEventIds,
                    TimeZone = frame.TimeZone,
                },
                CorrelationId = correlationId,
                Language = language,
            },
            cancellationToken);
        return result.Error;
    }

    public async Task<Error?> StopAsync(Caller caller, Guid threadId, Guid? turnId, CancellationToken cancellationToken) =>
        (await stop.HandleAsync(caller, threadId, turnId, cancellationToken)).Error;
}
