using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Chatbots;

/// <summary>Guards endpoints that change chatbots or what they know: owners and admins may, members only read.</summary>
public static class RequireManagerExtensions
{
    /// <summary>Refuses members with <c>forbidden</c>. The group around it requires a sign-in.</summary>
    public static RouteHandlerBuilder RequireManager(this RouteHandlerBuilder builder) =>
        builder.AddEndpointFilter(async (context, next) =>
            context.HttpContext.Features.Get<Caller>() is { Role: "owner" or "admin" }
                ? await next(context)
                : new ErrorResult(new Error(ErrorCode.Forbidden)));
}
