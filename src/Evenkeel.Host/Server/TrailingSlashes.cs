namespace Evenkeel.Host.Server;

/// <summary>The contract accepts a trailing slash everywhere.</summary>
internal static class TrailingSlashes
{
    /// <summary>Cuts the slash before routing sees it.</summary>
    public static void UseTrailingSlashes(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var path = context.Request.Path.Value;
        if (path is { Length: > 1 } && path[^1] == '/')
        {
            context.Request.Path = path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/";
        }

        return next(context);
    });
}
