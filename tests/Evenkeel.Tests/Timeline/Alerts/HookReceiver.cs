using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Evenkeel.Tests.Timeline.Alerts;

/// <summary>A real HTTP server that takes what alerts send, or refuses it.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HookReceiver(WebApplication app) => _app = app;

    public string Address => $"{_app.Urls.Single()}/hook";

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 200;

    public ConcurrentQueue<(AlertMessage Message, string Body, IHeaderDictionary Headers)> Received { get; } = new();

    public static async Task<HookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new HookReceiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Whether the signature is that of the secret, as a receiver computes it.</summary>
    public static void ShouldBeSigned((AlertMessage Message, string Body, IHeaderDictionary Headers) received, string secret)
    {
        var (id, timestamp) = (received.Headers["webhook-id"].ToString(), received.Headers["webhook-timestamp"].ToString());
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        received.Headers["webhook-signature"].ToString()
            .ShouldBe("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{received.Body}"))));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Received.Enqueue((JsonSerializer.Deserialize<AlertMessage>(body, Wire.Json)!, body, new HeaderDictionary(context.Request.Headers.ToDictionary())));
        context.Response.StatusCode = Status;
    }
}
