using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Tests.Timeline;

/// <summary>What a receiver got.</summary>
internal sealed record Received(string Id, string Timestamp, string Signature, string Body)
{
    public JsonElement Data => JsonDocument.Parse(Body).RootElement.GetProperty("data");

    public Guid Session => Data.GetProperty("session_id").GetGuid();

    public IEnumerable<long> Seqs => Data.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("seq").GetInt64());

    /// <summary>As the documentation tells receivers to do it.</summary>
    public bool IsSignedWith(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}")));
        return Signature.Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(expected)));
    }
}

/// <summary>A real HTTP server that takes webhooks as the test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>All requests, whatever they were answered.</summary>
    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>Those that were answered with 200.</summary>
    public ConcurrentQueue<Received> Taken { get; } = new();

    /// <summary>The status for a request; it may wait.</summary>
    public Func<Received, Task<int>> Answer { get; set; } = _ => Task.FromResult(200);

    public string Url => $"{_app.Urls.First()}/hook";

    public int Port => new Uri(_app.Urls.First()).Port;

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = context.Request.Headers;
        var received = new Received(headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, await reader.ReadToEndAsync());
        Requests.Enqueue(received);
        var status = await Answer(received);
        if (status == 200)
        {
            Taken.Enqueue(received);
        }

        return Results.StatusCode(status);
    }
}
