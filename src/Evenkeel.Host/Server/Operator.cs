using Evenkeel.Accounts;
using Npgsql;

namespace Evenkeel.Host.Server;

/// <summary>Who may see how the server is.</summary>
internal static class Operator
{
    /// <summary>Whether the request carries an operator's access token. Without one, or with one that ran out, it is the public's.</summary>
    public static async ValueTask<bool> IsAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (RequireSignInExtensions.BearerToken(context) is not { Length: > 0 } token || services.GetRequiredService<IAccessTokens>().Check(token).Caller is not { } caller)
        {
            return false;
        }

        try
        {
            return await services.GetRequiredService<IOperators>().IncludeAsync(caller, context.RequestAborted);
        }
        catch (NpgsqlException)
        {
            // Nobody has been asked about since the start, and the database cannot tell now: the answer without details says that it is away.
            return false;
        }
    }
}
