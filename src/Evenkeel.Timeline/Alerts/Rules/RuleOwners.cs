using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Timeline.Alerts.Rules;

/// <summary>Whose rules, silences and receivers somebody may see and change: those of the organization, and for operators those of the installation.</summary>
/// <param name="OrganizationId">The caller's.</param>
/// <param name="IsOperator">Whether they run the installation.</param>
internal sealed record RuleOwners(Guid OrganizationId, bool IsOperator)
{
    /// <summary>Owns what is of the installation.</summary>
    public static Guid Installation => Guid.Empty;

    /// <summary>The ids that rows may have.</summary>
    public Guid[] Ids => IsOperator ? [OrganizationId, Installation] : [OrganizationId];

    /// <summary>In which all of them are seen; statements name the ids all the same.</summary>
    public DataScope Scope => IsOperator ? DataScope.System : DataScope.Organization(OrganizationId);

    /// <summary>In which rows of one owner are written.</summary>
    public static DataScope ScopeOf(Guid owner) => owner == Installation ? DataScope.System : DataScope.Organization(owner);

    public static async Task<RuleOwners> OfAsync(Caller caller, IOperators operators, CancellationToken cancellationToken) =>
        new(caller.OrganizationId, await operators.IncludeAsync(caller, cancellationToken));

    /// <summary>The owner of something new.</summary>
    public Result<Guid> Choose(bool isOfInstallation) =>
        !isOfInstallation ? OrganizationId : IsOperator ? Installation : new Error(ErrorCode.Forbidden);
}
