using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Accounts;

/// <summary>Guards endpoints by role.</summary>
public static class RequireRoleExtensions
{
    /// <summary>Refuses everybody but these <see cref="MemberRole"/>s with <c>forbidden</c>. The group around it requires a sign-in.</summary>
    public static RouteHandlerBuilder RequireRole(this RouteHandlerBuilder builder, params string[] roles) =>
        builder.AddEndpointFilter(async (context, next) =>
            context.HttpContext.Features.Get<Caller>() is { } caller && roles.Contains(caller.Role)
                ? await next(context)
                : new ErrorResult(new Error(ErrorCode.Forbidden)));
}
