using Evenkeel.Accounts;
using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Realtime;

/// <summary>What a client may do through its socket. Chat implements it; a refusal goes back to that connection as <see cref="CommandErrorFrame"/>.</summary>
public interface IClientCommands
{
    /// <summary>A <c>send</c> frame: the same as <c>POST /api/v1/chat</c> on this thread. Never cancelled by a disconnect.</summary>
    Task<Error?> SendAsync(Caller caller, Guid threadId, ClientFrame frame, string language, CancellationToken cancellationToken);

    /// <summary>A <c>stop</c> frame. Without <paramref name="turnId"/>: the running turn.</summary>
    Task<Error?> StopAsync(Caller caller, Guid threadId, Guid? turnId, CancellationToken cancellationToken);
}
