using Evenkeel.Accounts;
using Evenkeel.Chat.Sending;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime;

namespace Evenkeel.Chat.Delivery;

/// <summary>What clients ask for through their socket: the same use cases as over HTTP.</summary>
internal sealed class ClientCommands(SendMessage send, StopTurn stop, IdSource ids) : IClientCommands
{
    public async Task<Error?> SendAsync(Caller caller, Guid threadId, ClientFrame frame, string language, CancellationToken cancellationToken)
    {
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
                },
                CorrelationId = frame.CorrelationId is { } given && given != Guid.Empty ? given : ids.Next(),
                Language = language,
            },
            cancellationToken);
        return result.Error;
    }

    public async Task<Error?> StopAsync(Caller caller, Guid threadId, Guid? turnId, CancellationToken cancellationToken) =>
        (await stop.HandleAsync(caller, threadId, turnId, cancellationToken)).Error;
}
