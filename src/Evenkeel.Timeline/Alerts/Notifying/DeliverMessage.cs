using System.Net.Sockets;
using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Alerts.Managing;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Alerts.Notifying;

/// <summary>Sends a message by the receiver's own way, within its time.</summary>
internal sealed class DeliverMessage(IEnumerable<IAlertChannel> channels, IOptions<AlertsOptions> options, TimeProvider time)
{
    private readonly Dictionary<string, IAlertChannel> _channels = channels.ToDictionary(channel => channel.Kind, StringComparer.Ordinal);

    /// <summary>Null when it was sent; else why not, in a few words for the list of receivers.</summary>
    public async Task<string?> RunAsync(ReceiverRow receiver, AlertMessage message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.SendSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _channels[receiver.Kind].SendAsync(receiver, message, either.Token);
            return null;
        }
        catch (AlertNotSentException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {options.Value.SendSeconds} s";
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return exception.GetType().Name;
        }
    }
}
