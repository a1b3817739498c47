using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Evenkeel.Host.Server;

/// <summary>Serves the built web application: hashed assets for ever, every other page address as the application's one page.</summary>
internal static class WebPages
{
    // Mantine sets style attributes and a style element at run time; scripts come from our own files only.
    private const string ContentSecurityPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private static readonly string[] ServerPaths = ["/api", "/auth", "/ws", "/chat/events", "/chat/ws", "/health", "/metrics", "/openapi", "/.well-known"];

    /// <summary>Serves from <paramref name="directory"/>, or from where the program or the source tree keeps the build.</summary>
    public static void UseWebPages(this IApplicationBuilder app, string directory)
    {
        if (Locate(directory) is not { } root)
        {
            return;
        }

        var files = new PhysicalFileProvider(root);
        app.Use((context, next) =>
        {
            if (HttpMethods.IsGet(context.Request.Method) && IsPage(context.Request.Path) && !files.GetFileInfo(context.Request.Path).Exists)
            {
                context.Request.Path = PageOf(files, context.Request.Path);
            }

            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = prepared => SetHeaders(prepared.Context) });
    }

    /// <summary>The folder of the build: the one set, else the one beside the program or in the source tree; null when there is none.</summary>
    public static string? Locate(string directory) =>
        directory.Length == 0 ? Find() : File.Exists(Path.Combine(directory, "index.html")) ? Path.GetFullPath(directory) : null;

    private static string? Find()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "web");
        if (File.Exists(Path.Combine(beside, "index.html")))
        {
            return beside;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "web", "app", "dist");
            if (File.Exists(Path.Combine(built, "index.html")))
            {
                return built;
            }
        }

        return null;
    }

    // A folder with a page of its own, such as the API reference; everything else is the application's.
    private static PathString PageOf(PhysicalFileProvider files, PathString path)
    {
        var own = $"{path.Value?.TrimEnd('/')}/index.html";
        return files.GetFileInfo(own).Exists ? own : "/index.html";
    }

    private static bool IsPage(PathString path) =>
        !Path.HasExtension(path.Value) && !ServerPaths.Any(prefix => path.StartsWithSegments(prefix, StringComparison.Ordinal));

    private static void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
        {
            headers.CacheControl = "public, max-age=31536000, immutable";
            return;
        }

        headers.CacheControl = "no-cache";
        headers[HeaderNames.ContentSecurityPolicy] = ContentSecurityPolicy;
        headers["Referrer-Policy"] = "same-origin";
    }
}
