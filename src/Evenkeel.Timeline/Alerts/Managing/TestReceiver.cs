using Evenkeel.Accounts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Timeline.Alerts.Notifying;
using Evenkeel.Timeline.Alerts.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary><c>POST /api/v1/admin/alerts/receivers/{id}/test</c>: sends a message now, and tells how it went.</summary>
internal sealed class TestReceiver(ManageReceivers receivers, DeliverMessage deliver, IOperators operators, IdSource ids)
{
    public async Task<Results<Ok<AlertTestResult>, ErrorResult>> HandleAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        if (await receivers.FindAsync(owners, id, cancellationToken) is not { } receiver)
        {
            return (ErrorResult)Error.NotFound;
        }

        var error = await deliver.RunAsync(receiver, AlertTexts.Test(ids.Next(), receiver.Language), cancellationToken);
        return TypedResults.Ok(new AlertTestResult(error is null ? "sent" : "failed", error));
    }
}
