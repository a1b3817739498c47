using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Models;
using Evenkeel.Platform.Errors;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Sending;

/// <summary>Settings under <c>Debug</c>.</summary>
public sealed class DebugOptions
{
    /// <summary>Whether administrators may force failures by <c>X-Debug-Force-Error</c>. Never in production: off.</summary>
    public bool ForceErrors { get; set; }
}

/// <summary>Failures on request, for tests of what people see when something fails.</summary>
internal sealed class ForceErrors(IOptions<DebugOptions> options)
{
    /// <summary>The request header.</summary>
    public const string Header = "X-Debug-Force-Error";

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>Reads what the header asks for. Without the setting the header does not exist.</summary>
    /// <param name="caller">Who sends.</param>
    /// <param name="header">The header's value, if any.</param>
    /// <param name="forced">How the turn is to fail; null = it is an ordinary one.</param>
    /// <returns>The refusal of the send itself, or null.</returns>
    public Error? Refuse(Caller caller, string? header, out ForcedError? forced)
    {
        forced = null;
        if (!options.Value.ForceErrors || string.IsNullOrEmpty(header))
        {
            return null;
        }

        if (!caller.AdministersOrganization)
        {
            return new Error(ErrorCode.Forbidden);
        }

        var asked = ForcedError.Parse(header);
        if (asked is null or { Code: ErrorCode.Cancelled })
        {
            return Error.Invalid(new FieldProblem(Header, "Use <error_code>[;count=N].", "请使用 <error_code>[;count=N]。"));
        }

        if (!IsOfTurn(asked.Code))
        {
            return new Error(asked.Code) { RetryAfter = ErrorCatalogue.Of(asked.Code).Retry == RetryAdvice.Wait ? Wait : null };
        }

        forced = asked;
        return null;
    }

    // Everything else is said at the door, before anything is stored.
    private static bool IsOfTurn(string code) => code is ErrorCode.LlmUnavailable or ErrorCode.LlmTimeout or ErrorCode.RagError
        or ErrorCode.LocationError or ErrorCode.WorkerLost or ErrorCode.ContentBlocked or ErrorCode.ServerError;
}
