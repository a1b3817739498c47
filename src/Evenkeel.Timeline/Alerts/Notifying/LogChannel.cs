using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Alerts.Managing;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Timeline.Alerts.Notifying;

/// <summary>A line in the server's log for each alert, for those who collect logs.</summary>
internal sealed partial class LogChannel(ILogger<LogChannel> logger) : IAlertChannel
{
    /// <inheritdoc/>
    public string Kind => ReceiverKind.Log;

    /// <inheritdoc/>
    public Task SendAsync(ReceiverRow receiver, AlertMessage message, CancellationToken cancellationToken)
    {
        foreach (var alert in message.Alerts)
        {
            Log.Alert(logger, alert.Status, alert.Severity, alert.RuleId, alert.Metric, alert.Value, receiver.OrganizationId, message.Id);
        }

        if (message.Alerts.Count == 0)
        {
            Log.Test(logger, receiver.Id, message.Id);
        }

        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "alert", Message = "Alert {Status} ({Severity}): rule {RuleId} on {Metric} at {Value}, organization {OrganizationId}, message {MessageId}")]
        public static partial void Alert(ILogger logger, string status, string severity, Guid ruleId, string metric, double? value, Guid organizationId, Guid messageId);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "alert_test", Message = "Test of alert receiver {ReceiverId}, message {MessageId}")]
        public static partial void Test(ILogger logger, Guid receiverId, Guid messageId);
    }
}
