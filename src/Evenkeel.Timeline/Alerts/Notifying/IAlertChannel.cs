using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Alerts.Managing;

namespace Evenkeel.Timeline.Alerts.Notifying;

/// <summary>A way to reach a receiver; one for each kind.</summary>
internal interface IAlertChannel
{
    /// <summary>One of <see cref="ReceiverKind"/>.</summary>
    string Kind { get; }

    /// <summary>Sends a message; a failure is thrown as <see cref="AlertNotSentException"/>, or as what the network throws.</summary>
    Task SendAsync(ReceiverRow receiver, AlertMessage message, CancellationToken cancellationToken);
}

/// <summary>The receiver did not take it.</summary>
/// <param name="reason">A few words for the list of receivers: nothing of what the receiver answered.</param>
internal sealed class AlertNotSentException(string reason) : Exception(reason);
