using Evenkeel.Contracts.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Platform.Errors;

/// <summary>
/// Gives refusals of the framework (a body that is too large or of an unknown type, a wrong method, no such route) the contract's
/// envelope: they come as a status without a body, not as an exception.
/// </summary>
public static class BareStatuses
{
    /// <summary>Middleware; put it after the exception handler and before routing.</summary>
    public static IApplicationBuilder UseEnvelopesForBareStatuses(this IApplicationBuilder app) =>
        app.UseStatusCodePages(context => new ErrorResult(Translate(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));

    private static Error Translate(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => new Error(ErrorCode.AuthRequired),
        StatusCodes.Status403Forbidden => new Error(ErrorCode.Forbidden),
        StatusCodes.Status404NotFound => Error.NotFound,
        < StatusCodes.Status500InternalServerError => new Error(ErrorCode.InvalidRequest) { Status = status },
        _ => new Error(ErrorCode.ServerError) { Status = status },
    };
}
