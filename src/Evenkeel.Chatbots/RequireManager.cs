using Evenkeel.Accounts;
using Microsoft.AspNetCore.Builder;

namespace Evenkeel.Chatbots;

/// <summary>Guards endpoints that change chatbots or what they know: owners and admins may, members only read.</summary>
public static class RequireManagerExtensions
{
    /// <summary>Refuses members with <c>forbidden</c>. The group around it requires a sign-in.</summary>
    public static RouteHandlerBuilder RequireManager(this RouteHandlerBuilder builder) =>
        builder.RequireRole(MemberRole.Owner, MemberRole.Admin);
}
