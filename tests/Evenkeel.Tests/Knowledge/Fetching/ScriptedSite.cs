using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Fetching;

/// <summary>A real site on a port of its own that answers as the test says, and remembers what it was asked.</summary>
internal sealed class ScriptedSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new(StringComparer.Ordinal);

    private ScriptedSite(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public ConcurrentQueue<AskedFor> Requests { get; } = new();

    /// <summary>Paths in the order they were asked for, without robots.txt.</summary>
    public IReadOnlyList<string> Paths => [.. Requests.Select(request => request.Path).Where(path => path != "/robots.txt")];

    /// <summary>Answers whatever has no answer of its own; else it is 404.</summary>
    public RequestDelegate? Otherwise { get; set; }

    public static async Task<ScriptedSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var site = new ScriptedSite(app);
        app.Run(site.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    public ScriptedSite On(string path, RequestDelegate answer)
    {
        _answers[path] = answer;
        return this;
    }

    public void Remove(string path) => _answers.TryRemove(path, out _);

    /// <summary>A page that knows its version.</summary>
    public ScriptedSite Page(string path, string html, string mediaType = "text/html; charset=utf-8") => On(path, async context =>
    {
        var etag = $"\"{html.GetHashCode(StringComparison.Ordinal):x}\"";
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = mediaType;
        await context.Response.WriteAsync(html, Encoding.UTF8, context.RequestAborted);
    });

    public ScriptedSite Redirect(string path, string location, int status = StatusCodes.Status302Found) => On(path, context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    });

    public ScriptedSite Status(string path, int status, string? retryAfter = null) => On(path, context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.GetEncodedPathAndQuery();
        Requests.Enqueue(new AskedFor(path, context.Request.Host.Value!, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if ((_answers.GetValueOrDefault(path) ?? (path == "/robots.txt" ? null : Otherwise)) is { } answer)
        {
            return answer(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

/// <summary>A request that a site was sent.</summary>
internal sealed record AskedFor(string Path, string Host, IReadOnlyDictionary<string, string> Headers);
